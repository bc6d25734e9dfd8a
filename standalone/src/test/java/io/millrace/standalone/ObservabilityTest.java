package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Dashboards, rules and documentation speak of metrics that a process which has worked a little really exposes. */
class ObservabilityTest {
    /** Prometheus adds these to everything that it scrapes, the last two where it is told to. */
    private static final Set<String> SCRAPED = Set.of("job", "instance", "namespace", "millrace_cluster");

    private static Exposition exposed;

    @BeforeAll
    static void readTheMetricsOfAProcessThatHasWorked(@TempDir Path folder) throws Exception {
        try (Standalone millrace = Standalone.start(TestOptions.in(folder.resolve("data")))) {
            Readiness.await(millrace);
            CommandLineDoor commands = new CommandLineDoor(millrace.grpcPort());
            commands.run("topic", "create", "measured");
            commands.run("topic", "create", "strict", "-c", "min.insync.replicas=2");
            send(millrace, "POST", "/v3/clusters/-/topics/measured/records", "a line\n");
            send(millrace, "GET", "/v3/clusters/-/topics/measured/records?from=earliest", "");
            send(millrace, "POST", "/v3/clusters/-/topics/strict/records", "refused\n");
            URI metrics = URI.create("http://127.0.0.1:" + millrace.managementPort() + "/metrics");
            exposed = Exposition.parse(send(metrics, "GET", "") + RpcExposition.text());
        }
    }

    @Test
    void whatIsExposedIsDocumentedAndWhatIsDocumentedIsExposed() throws Exception {
        assertThat(exposed.own()).isEqualTo(ObservabilityFiles.documented());
    }

    @Test
    void everyQueryOfEveryDashboardFindsItsMetricsAndLabels() throws Exception {
        List<ObservabilityFiles.Query> queries = new ArrayList<>();
        ObservabilityFiles.dashboards().forEach((name, json) -> queries.addAll(ObservabilityFiles.queries(name, json)));

        assertThat(queries).hasSizeGreaterThan(50).allSatisfy(query -> check(query.where(), query.expression()));
    }

    @Test
    void everyRuleFindsItsMetricsAndLabels() throws Exception {
        assertThat(ObservabilityFiles.rules())
                .hasSizeGreaterThan(20)
                .allSatisfy(rule -> check(nameOf(rule), rule.path("expr").asString()));
    }

    @Test
    void everyAlertTellsAPersonWhatIsWrongAndWhatToDo() throws Exception {
        Set<String> linked = new TreeSet<>();
        for (JsonNode rule : ObservabilityFiles.rules()) {
            if (rule.has("alert")) {
                String alert = rule.path("alert").asString();
                assertThat(rule.at("/labels/severity").asString()).as(alert).isIn("critical", "warning");
                assertThat(rule.at("/annotations/summary").asString()).as(alert).isNotBlank();
                assertThat(rule.at("/annotations/description").asString())
                        .as(alert)
                        .isNotBlank();
                linked.add(rule.at("/annotations/runbook_url").asString());
            }
        }

        assertThat(linked).as("runbooks").isEqualTo(ObservabilityFiles.runbooks());
    }

    @Test
    void everyPanelSaysWhatItShowsAndInWhichUnit() throws Exception {
        ObservabilityFiles.dashboards().forEach((name, dashboard) -> {
            Set<Integer> ids = new HashSet<>();
            for (JsonNode panel : dashboard.path("panels")) {
                String where = name + ": " + panel.path("title").asString();
                assertThat(ids.add(panel.path("id").asInt())).as(where).isTrue();
                if (!panel.path("type").asString().equals("row")) {
                    assertThat(panel.path("description").asString()).as(where).isNotBlank();
                    assertThat(panel.at("/fieldConfig/defaults/unit").asString())
                            .as(where)
                            .isNotBlank();
                    assertThat(panel.at("/datasource/uid").asString()).as(where).isEqualTo("${datasource}");
                }
            }
            assertThat(dashboard.at("/templating/list").findValuesAsString("name"))
                    .as(name)
                    .contains("datasource", "job", "instance");
        });
    }

    private static void check(String where, String expression) {
        PromQl query = PromQl.parse(expression);
        Map<String, Set<String>> known = known();
        Set<String> inReach = new TreeSet<>(SCRAPED);
        for (PromQl.Selection selection : query.metrics()) {
            assertThat(known).as("metrics, for %s: %s", where, expression).containsKey(selection.metric());
            Set<String> labels = known.get(selection.metric());
            assertThat(labels)
                    .as("labels of %s, for %s", selection.metric(), where)
                    .containsAll(selection.labels());
            inReach.addAll(labels);
        }
        assertThat(inReach).as("labels, for %s: %s", where, expression).containsAll(query.labels());
    }

    /** What a process exposes, what Prometheus itself knows, and what rules record. */
    private static Map<String, Set<String>> known() {
        Map<String, Set<String>> known = new TreeMap<>();
        exposed.labels().forEach((name, labels) -> known.put(name, with(labels)));
        known.put("up", SCRAPED);
        try {
            for (JsonNode rule : ObservabilityFiles.rules()) {
                if (rule.has("record")) {
                    Set<String> labels = new TreeSet<>(SCRAPED);
                    PromQl.parse(rule.path("expr").asString())
                            .metrics()
                            .forEach(selection ->
                                    labels.addAll(exposed.labels().getOrDefault(selection.metric(), Set.of())));
                    known.put(nameOf(rule), labels);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return known;
    }

    private static String nameOf(JsonNode rule) {
        return rule.path("alert").asString("") + rule.path("record").asString("");
    }

    private static Set<String> with(Set<String> labels) {
        Set<String> all = new TreeSet<>(labels);
        all.addAll(SCRAPED);
        return all;
    }

    private static void send(Standalone millrace, String method, String path, String body) throws Exception {
        send(URI.create("http://127.0.0.1:" + millrace.restPort() + path), method, body);
    }

    private static String send(URI uri, String method, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "text/plain")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
