package io.millrace.gateway.rest.docs;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The hand-written OpenAPI file, read so that a test can walk it. */
final class Contract {
    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode root;
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private Contract(JsonNode root) {
        this.root = root;
    }

    static Contract read() throws IOException {
        try (InputStream file = new ClassPathResource("openapi/openapi.yaml").getInputStream()) {
            return new Contract(JSON.valueToTree(new Yaml().load(file)));
        }
    }

    /** Every operation of the file, in its order. */
    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : root.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (!method.getKey().equals("parameters")) {
                    operations.add(new Operation(path.getKey(), method.getKey(), path.getValue(), method.getValue()));
                }
            }
        }
        return operations;
    }

    /** What is wrong with a value by a schema of the file; empty when nothing is. */
    List<String> problemsOf(JsonNode value, JsonNode schema) {
        ObjectNode whole = schema.deepCopy().asObject();
        whole.set("components", root.get("components"));
        return schemas.getSchema(whole).validate(value).stream()
                .map(Object::toString)
                .toList();
    }

    JsonNode schema(String name) {
        return root.at("/components/schemas/" + name);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").asString().substring(1)) : node;
    }

    /** One operation. */
    final class Operation {
        private final String path;
        private final String method;
        private final JsonNode shared;
        private final JsonNode definition;

        private Operation(String path, String method, JsonNode shared, JsonNode definition) {
            this.path = path;
            this.method = method;
            this.shared = shared;
            this.definition = definition;
        }

        String path() {
            return path;
        }

        String method() {
            return method.toUpperCase(java.util.Locale.ROOT);
        }

        /** The path with the example of each parameter in its place, and those of the query behind it. */
        String exampleUrl() {
            String url = path;
            List<String> query = new ArrayList<>();
            for (JsonNode reference : parameters()) {
                JsonNode parameter = resolved(reference);
                if (parameter.get("in").asString().equals("path")) {
                    url = url.replace(
                            "{" + parameter.get("name").asString() + "}",
                            parameter.get("example").asString());
                } else if (parameter.get("in").asString().equals("query") && parameter.has("example")) {
                    query.add(parameter.get("name").asString() + "="
                            + parameter.get("example").asString());
                }
            }
            return query.isEmpty() ? url : url + "?" + String.join("&", query);
        }

        private List<JsonNode> parameters() {
            List<JsonNode> parameters = new ArrayList<>();
            Optional.ofNullable(shared.get("parameters")).ifPresent(all -> all.forEach(parameters::add));
            Optional.ofNullable(definition.get("parameters")).ifPresent(all -> all.forEach(parameters::add));
            return parameters;
        }

        /** The example body of each content type that is taken; empty when the operation takes none. */
        Map<String, JsonNode> exampleBodies() {
            Map<String, JsonNode> bodies = new java.util.LinkedHashMap<>();
            definition
                    .at("/requestBody/content")
                    .properties()
                    .forEach(content ->
                            bodies.put(content.getKey(), content.getValue().get("example")));
            return bodies;
        }

        /** The status that the example gets: that of success, unless the contract says otherwise. */
        int status() {
            return definition.has("x-example-status")
                    ? definition.get("x-example-status").asInt()
                    : Integer.parseInt(definition
                            .get("responses")
                            .propertyNames()
                            .iterator()
                            .next());
        }

        /** What is answered with that status, or with any that is not named. */
        private JsonNode response() {
            JsonNode responses = definition.get("responses");
            JsonNode named = responses.get(Integer.toString(status()));
            return resolved(named == null ? responses.get("default") : named);
        }

        /** The schema of that answer by content type; empty when there is no body. */
        Map<String, JsonNode> answers() {
            Map<String, JsonNode> answers = new java.util.LinkedHashMap<>();
            response()
                    .path("content")
                    .properties()
                    .forEach(content ->
                            answers.put(content.getKey(), content.getValue().get("schema")));
            return answers;
        }

        @Override
        public String toString() {
            return method() + " " + path;
        }
    }
}
