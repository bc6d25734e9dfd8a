package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The kinds that Kubernetes' own model does not have: their shape is written down here. */
final class CustomResourcesTest {
    private static final Manifests MONITORED = Chart.render("monitoring");
    private static final Manifests ENCRYPTED = Chart.render("tls-ready");

    @Test
    void theServiceMonitorFindsTheManagementPortOfEveryPart() {
        Node spec = MONITORED.one("ServiceMonitor", "millrace").at("spec");
        Map<String, String> selector = spec.at("selector", "matchLabels").pairs();

        List<Resource> services = MONITORED.all("Service").stream()
                .filter(service -> service.labels().entrySet().containsAll(selector.entrySet()))
                .toList();

        assertThat(spec.map()).containsOnlyKeys("selector", "endpoints");
        assertThat(services)
                .extracting(service -> service.labels().get("app.kubernetes.io/component"))
                .containsExactlyInAnyOrder("broker", "controller", "gateway", "zookeeper");
        Node endpoint = spec.at("endpoints").list().getFirst();
        assertThat(endpoint.map()).containsOnlyKeys("port", "path", "interval", "relabelings");
        assertThat(services)
                .allSatisfy(service -> assertThat(service.at("spec", "ports").list())
                        .anyMatch(port -> port.at("name").is(endpoint.at("port").text())
                                && port.at("port").is(9404)));
    }

    @Test
    void alertRulesReachPrometheusAsTheyStandInTheirFiles() throws IOException {
        for (Path file : files("rules")) {
            String name = file.getFileName().toString().replace(".yaml", "");

            Resource rule = MONITORED.one("PrometheusRule", "millrace-" + name);

            assertThat(rule.at("spec").value()).isEqualTo(Yaml.read(file).value());
            assertThat(rule.at("spec").map()).containsOnlyKeys("groups");
            assertThat(rule.labels()).containsEntry("release", "prometheus");
        }
        assertThat(MONITORED.all("PrometheusRule")).isNotEmpty().hasSameSizeAs(files("rules"));
    }

    @Test
    void alertsLinkToTheRunbooksWhereTheyAreServed() {
        String values = "monitoring: {prometheusRule: {enabled: true, runbooks: 'https://wiki.example.com/runbooks/'}}";

        List<Node> alerts =
                Chart.renderValues(values).one("PrometheusRule", "millrace-alerts").at("spec", "groups").list().stream()
                        .flatMap(group -> group.at("rules").list().stream())
                        .toList();

        assertThat(alerts)
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(
                                alert.at("annotations", "runbook_url").text())
                        .isEqualTo("https://wiki.example.com/runbooks/"
                                + alert.at("alert").text() + ".md"));
    }

    @Test
    void jobsHaveTheNamesThatDockerComposeGivesThem() {
        Node endpoint = MONITORED
                .one("ServiceMonitor", "millrace")
                .at("spec", "endpoints")
                .list()
                .getFirst();
        Node job = endpoint.at("relabelings").list().getFirst();
        List<String> others =
                Yaml.read(Path.of("..", "observability", "prometheus.yml")).at("scrape_configs").list().stream()
                        .map(scrape -> scrape.at("job_name").text())
                        .filter(name -> !name.equals("prometheus"))
                        .toList();

        assertThat(job.at("targetLabel").text()).isEqualTo("job");
        assertThat(others)
                .hasSize(3)
                .allSatisfy(name -> assertThat(MONITORED.podsOf(name.replace("millrace-", "")))
                        .isNotEmpty());
        assertThat(job.at("replacement").text()).isEqualTo("millrace-$1");
    }

    @Test
    void dashboardsReachGrafanaAsTheyStandInTheirFiles() throws IOException {
        for (Path file : files("dashboards")) {
            String name = file.getFileName().toString();

            Resource dashboard = MONITORED.one(
                    "ConfigMap",
                    "millrace-dashboard-" + name.replace("millrace-", "").replace(".json", ""));

            assertThat(dashboard.at("data", name).text())
                    .isEqualTo(Yaml.text(file).strip());
            assertThat(dashboard.labels()).containsEntry("grafana_dashboard", "1");
        }
        assertThat(files("dashboards")).isNotEmpty();
    }

    @Test
    void oneCertificateNamesEveryHost() {
        Resource certificate = ENCRYPTED.one("Certificate", "millrace");

        assertThat(certificate.at("spec").map())
                .containsOnlyKeys("secretName", "dnsNames", "issuerRef", "privateKey")
                .containsEntry("secretName", "millrace-tls");
        assertThat(certificate.at("spec", "issuerRef").pairs())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("name", "letsencrypt", "kind", "ClusterIssuer", "group", "cert-manager.io"));
        assertThat(certificate.at("spec", "dnsNames").texts())
                .containsExactlyInAnyOrder(
                        "millrace.example.com",
                        "grpc.millrace.example.com",
                        "millrace.example.org",
                        "grpc.millrace.example.org");
    }

    @Test
    void theGatewayEndsTlsForBothHosts() {
        Node spec = ENCRYPTED.one("Gateway", "millrace").at("spec");

        assertThat(spec.map()).containsOnlyKeys("gatewayClassName", "listeners");
        assertThat(spec.at("listeners").list()).hasSize(2).allSatisfy(listener -> {
            assertThat(listener.map())
                    .containsOnlyKeys("name", "hostname", "port", "protocol", "tls", "allowedRoutes")
                    .containsEntry("port", 443)
                    .containsEntry("protocol", "HTTPS");
            assertThat(listener.at("tls", "certificateRefs")
                            .list()
                            .getFirst()
                            .at("name")
                            .text())
                    .isEqualTo("millrace-tls");
        });
    }

    @Test
    void routesOfTheGatewayApiLeadToTheGatewaysPorts() {
        for (Manifests manifests : List.of(ENCRYPTED, Chart.render("external-zookeeper"))) {
            assertThat(backend(manifests.one("HTTPRoute", "millrace-http")))
                    .containsExactlyInAnyOrderEntriesOf(Map.of("name", "millrace-gateway", "port", 8082));
            assertThat(backend(manifests.one("GRPCRoute", "millrace-grpc")))
                    .containsExactlyInAnyOrderEntriesOf(Map.of("name", "millrace-gateway", "port", 50051));
        }
    }

    @Test
    void routesBelongToTheGatewayThatIsNamedOrMade() {
        assertThat(parent(ENCRYPTED)).isEqualTo(Map.of("name", "millrace"));
        assertThat(parent(Chart.render("external-zookeeper")))
                .isEqualTo(Map.of("name", "edge", "namespace", "infrastructure"));
    }

    private static Map<String, Object> backend(Resource route) {
        assertThat(route.at("spec").map()).containsOnlyKeys("parentRefs", "hostnames", "rules");
        Node rule = route.at("spec", "rules").list().getFirst();
        assertThat(rule.map()).containsOnlyKeys("backendRefs");
        return rule.at("backendRefs").list().getFirst().map();
    }

    private static Map<String, Object> parent(Manifests manifests) {
        return manifests
                .one("HTTPRoute", "millrace-http")
                .at("spec", "parentRefs")
                .list()
                .getFirst()
                .map();
    }

    private static List<Path> files(String directory) throws IOException {
        Path path = Chart.DIRECTORY.resolve(directory);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
