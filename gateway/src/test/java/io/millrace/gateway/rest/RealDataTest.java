package io.millrace.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.records.LogRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Real earthquakes in, keyed by the network that saw them, and out again. */
class RealDataTest {
    private static final int PARTITIONS = 4;

    private final RestDoor door = RestDoor.open();
    private final String topic = door.newTopic(PARTITIONS, Map.of());

    @Test
    void everyEarthquakeIsStoredByteForByteUnderItsKeyInOrder() throws Exception {
        String file = Files.readString(Path.of("..", "examples", "earthquakes.ndjson"));
        List<String> lines = file.lines().toList();

        JsonNode summary = door.post(
                        "topics/" + topic + "/records?key_field=/properties/net&compression=zstd",
                        "application/x-ndjson",
                        file)
                .json();

        assertThat(summary.get("records").asInt()).isEqualTo(lines.size());
        Map<String, List<String>> byKey = new HashMap<>();
        Set<String> keysSeen = new HashSet<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            Map<String, List<String>> here = new HashMap<>();
            for (LogRecord record : door.stored(topic, partition)) {
                here.computeIfAbsent(text(record.key()), key -> new ArrayList<>())
                        .add(text(record.value()));
            }
            here.keySet().forEach(key -> assertThat(keysSeen.add(key)).isTrue());
            byKey.putAll(here);
        }
        byKey.forEach((key, values) -> assertThat(values)
                .isEqualTo(lines.stream()
                        .filter(line -> line.contains("\"net\":\"" + key + "\""))
                        .toList()));
        assertThat(byKey.values().stream().mapToInt(List::size).sum()).isEqualTo(lines.size());
    }

    @Test
    void whatIsReadSaysTheSameAsWhatWasWritten() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("..", "examples", "earthquakes.ndjson"));
        door.post("topics/" + topic + "/records?partition=0", "application/x-ndjson", String.join("\n", lines));

        Answer answer = door.send(
                door.request("topics/" + topic + "/records?until=end").header("Accept", "application/x-ndjson"));

        List<String> read = answer.text().lines().toList();
        assertThat(read).hasSameSizeAs(lines);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(read.get(i)).contains("\"value\":{\"type\":\"JSON\",\"data\":" + lines.get(i) + "}");
        }
    }

    private static String text(@Nullable ByteBuffer bytes) {
        return bytes == null
                ? "null"
                : StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
