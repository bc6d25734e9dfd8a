package io.millrace.helm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The schema of the values, as far as tests need to read it. */
record Schema(Node root, Node here) {
    private static final String DEFINITIONS = "#/definitions/";

    static Schema ofTheChart() {
        Node root = Yaml.read(Chart.DIRECTORY.resolve("values.schema.json"));
        return new Schema(root, root);
    }

    /** The schemas of the fields, where it says which there are. */
    Map<String, Schema> fields() {
        return here.at("properties").entries().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        field -> new Schema(root, resolved(field.getValue())),
                        (one, other) -> one,
                        LinkedHashMap::new));
    }

    boolean closed() {
        return here.at("additionalProperties").is(false);
    }

    /** Objects that have fields but take any others too, wherever they are. */
    List<String> openObjects() {
        return open(root);
    }

    private Node resolved(Node schema) {
        Node reference = schema.at("$ref");
        return reference.present()
                ? resolved(root.at("definitions", reference.text().substring(DEFINITIONS.length())))
                : schema;
    }

    private static List<String> open(Node node) {
        if (node.value() instanceof Map) {
            List<String> below = node.entries().values().stream()
                    .flatMap(child -> open(child).stream())
                    .toList();
            boolean open = node.at("properties").value() instanceof Map
                    && !node.at("additionalProperties").is(false);
            return open ? List.of(node.path()) : below;
        }
        return List.of();
    }
}
