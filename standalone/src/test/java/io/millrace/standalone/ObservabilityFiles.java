package io.millrace.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboards, rules, runbooks and the table of metrics of this repository. */
final class ObservabilityFiles {
    private static final Path ROOT = Path.of("..");
    private static final Path CHART = ROOT.resolve("helm/millrace");
    private static final Pattern TABLE_ROW = Pattern.compile("\\| `([a-z_]+)` .*");
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*), ([a-z_]+)\\)");

    private ObservabilityFiles() {}

    /** A query and where it stands. */
    record Query(String where, String expression) {}

    static Map<String, JsonNode> dashboards() throws IOException {
        Map<String, JsonNode> dashboards = new TreeMap<>();
        for (Path file : files(CHART.resolve("dashboards"), ".json")) {
            dashboards.put(file.getFileName().toString(), JsonMapper.shared().readTree(Files.readString(file)));
        }
        return dashboards;
    }

    /** Every rule, as its YAML says it. */
    static List<JsonNode> rules() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        for (Path file : files(CHART.resolve("rules"), ".yaml")) {
            JsonNode yaml = JsonMapper.shared().valueToTree(new Yaml().<Object>load(Files.readString(file)));
            for (JsonNode group : yaml.path("groups")) {
                group.path("rules").forEach(rules::add);
            }
        }
        return rules;
    }

    /** Every query of a dashboard, those of its variables included. */
    static List<Query> queries(String dashboard, JsonNode node) {
        List<Query> queries = new ArrayList<>();
        for (String text : node.findValuesAsString("expr")) {
            queries.add(new Query(dashboard, text));
        }
        for (String text : node.findValuesAsString("definition")) {
            Matcher variable = LABEL_VALUES.matcher(text);
            if (!variable.matches()) {
                throw new IllegalArgumentException("A variable of " + dashboard + " is not understood: " + text);
            }
            queries.add(new Query(dashboard, "count by (" + variable.group(2) + ") (" + variable.group(1) + ")"));
        }
        return queries;
    }

    /** The metrics in the table of docs/observability.md. */
    static Set<String> documented() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs/observability.md"))) {
            Matcher row = TABLE_ROW.matcher(line);
            if (row.matches() && !names.add(row.group(1))) {
                throw new IllegalArgumentException("Documented twice: " + row.group(1));
            }
        }
        return names;
    }

    static Set<String> runbooks() throws IOException {
        Set<String> runbooks = new TreeSet<>();
        for (Path file : files(ROOT.resolve("docs/runbooks"), ".md")) {
            runbooks.add("docs/runbooks/" + file.getFileName());
        }
        return runbooks;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
