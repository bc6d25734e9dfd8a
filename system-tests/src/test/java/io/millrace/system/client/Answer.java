package io.millrace.system.client;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a gateway said over HTTP.
 *
 * @param took from sending the request to having the whole answer
 */
public record Answer(int status, HttpHeaders headers, String body, Duration took) {
    private static final JsonMapper JSON = new JsonMapper();

    static Answer of(HttpResponse<String> response, Duration took) {
        return new Answer(response.statusCode(), response.headers(), response.body(), took);
    }

    /** The body as JSON. */
    public JsonNode json() {
        return JSON.readTree(body);
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    @Override
    public String toString() {
        return status + " after " + took.toMillis() + " ms: " + body;
    }
}
