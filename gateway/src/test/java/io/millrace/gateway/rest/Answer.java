package io.millrace.gateway.rest;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/** An answer read to its end. */
public record Answer(HttpResponse<byte[]> response) {
    private static final JsonMapper JSON = new JsonMapper();

    public int status() {
        return response.statusCode();
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    public String text() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** The body as one JSON value. */
    public JsonNode json() {
        return JSON.readTree(response.body());
    }

    /** The body as JSON values one behind the other. */
    public List<JsonNode> jsons() {
        try (MappingIterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(response.body())) {
            List<JsonNode> all = new ArrayList<>();
            values.forEachRemaining(all::add);
            return all;
        }
    }
}
