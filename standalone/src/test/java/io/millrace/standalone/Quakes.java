package io.millrace.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** One week of real earthquakes, see examples/README.md. */
final class Quakes {
    static final Path FILE = Path.of("..", "examples", "earthquakes.ndjson");
    /** The network that reported an event: a dozen of them. */
    static final String KEY_FIELD = "/properties/net";

    private static final JsonMapper JSON = new JsonMapper();

    private Quakes() {}

    /** The events, a line each, in the order of their time. */
    static List<String> lines() throws IOException {
        return Files.readAllLines(FILE, StandardCharsets.UTF_8);
    }

    static String keyOf(String line) {
        return JSON.readTree(line).at(KEY_FIELD).asString();
    }
}
