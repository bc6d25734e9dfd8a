package io.millrace.system.client;

import io.millrace.system.client.Attempt.Fate;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Batches and pages over HTTP.
 *
 * @param gateway whom they go to
 */
public record RestDoor(Rest gateway) implements Door {
    private static final int STORED_ONE_BY_ONE = 207;
    private static final int RECORDS_MAX = 5_000;

    @Override
    public List<Fate> produce(String topic, int partition, long[] values) {
        String entries = IntStream.range(0, values.length)
                .mapToObj(i -> "{\"id\":\"%d\",\"partition_id\":%d,\"value\":{\"type\":\"STRING\",\"data\":\"%d\"}}"
                        .formatted(i, partition, values[i]))
                .collect(Collectors.joining(","));
        try {
            Answer answer = gateway.post("topics/" + topic + "/records:batch", "{\"entries\":[" + entries + "]}");
            return answer.status() == STORED_ONE_BY_ONE
                    ? fates(answer.json(), values.length)
                    : Collections.nCopies(values.length, refusalOfAll(answer));
        } catch (IOException e) {
            return Collections.nCopies(values.length, new Fate.Unknown(e.toString()));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static List<Fate> fates(JsonNode report, int count) {
        Fate[] fates = new Fate[count];
        report.path("successes")
                .forEach(entry -> fates[number(entry)] =
                        new Fate.Stored(entry.path("offset").asLong()));
        report.path("failures").forEach(entry -> fates[number(entry)] = refusal(entry));
        return List.copyOf(Arrays.asList(fates));
    }

    private static int number(JsonNode entry) {
        return Integer.parseInt(entry.path("id").asString());
    }

    /** Only an error that has a name says what became of the records. */
    private static Fate refusalOfAll(Answer answer) {
        return answer.body().contains("\"kafka_error\"") ? refusal(answer.json()) : new Fate.Unknown(answer.toString());
    }

    private static Fate refusal(JsonNode problem) {
        return Fate.of(
                problem.path("kafka_error").asString(), problem.path("message").asString());
    }

    @Override
    public Page read(String topic, int partitions, String cursor) throws UnansweredException {
        String start =
                cursor.isEmpty() ? "from=earliest" : "cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
        try {
            Answer answer = gateway.get(
                    "topics/" + topic + "/records?" + start + "&wait=1s&value_format=string&limit=" + RECORDS_MAX);
            if (answer.status() != 200) {
                throw new UnansweredException(answer.toString());
            }
            return pageOf(answer.json());
        } catch (IOException e) {
            throw new UnansweredException(e.toString());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static Page pageOf(JsonNode page) {
        List<Seen> records = new ArrayList<>();
        for (JsonNode record : page.path("records")) {
            records.add(new Seen(
                    record.path("partition").asInt(),
                    record.path("offset").asLong(),
                    Long.parseLong(record.path("value").path("data").asString())));
        }
        List<String> failures = new ArrayList<>();
        for (JsonNode partition : page.path("partitions")) {
            if (partition.has("error")) {
                failures.add(partition.path("partition").asInt() + ": "
                        + partition.path("error").path("message").asString());
            }
        }
        return new Page(records, page.path("cursor").asString(), failures);
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }

    @Override
    public void close() {
        // Connections belong to the JDK's client.
    }
}
