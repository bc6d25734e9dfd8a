package io.millrace.gateway.rest.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.rest.Answer;
import io.millrace.gateway.rest.RawHttp;
import io.millrace.gateway.rest.RestDoor;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RecordStreamTest {
    private final RestDoor door = RestDoor.open();
    private final String topic = door.newTopic(1, Map.of());

    @Test
    void eventsComeAsRecordsDoAndGoOnBehindTheLastOneSeen() throws Exception {
        put("{\"value\":1}{\"value\":2}");
        String id;
        try (RawHttp events = events("")) {
            assertThat(events.lineBeginning("HTTP/1.1")).contains("200");
            assertThat(events.lineBeginning("Content-Type")).contains("text/event-stream");
            id = events.lineBeginning("id: ").substring(4);
            assertThat(events.lineBeginning("data: ")).contains("\"offset\":0");
            assertThat(events.lineBeginning("data: ")).contains("\"offset\":1");
            put("{\"value\":3}");
            assertThat(events.lineBeginning("data: ")).contains("\"offset\":2");
        }
        try (RawHttp again = events("", "Last-Event-ID: " + id)) {
            assertThat(again.lineBeginning("data: ")).contains("\"offset\":1");
        }
    }

    @Test
    void aSilentStreamShowsThatItIsAlive() throws Exception {
        try (RawHttp events = events("?from=latest")) {
            assertThat(events.lineBeginning(": ")).isEqualTo(": alive");
            assertThat(events.lineBeginning("id: ")).isNotEmpty();
            assertThat(events.lineBeginning(": ")).isEqualTo(": alive");
        }
    }

    @Test
    void aStreamToTheEndEndsThere() throws Exception {
        put("{\"value\":1}{\"value\":2}");

        Answer answer = stream("text/event-stream", "?until=end");

        assertThat(answer.text()).contains("\"offset\":0", "\"offset\":1", "event: end");
    }

    @Test
    void linesAreTheRecordsAndNothingElse() throws Exception {
        put("{\"value\":1}{\"value\":2}{\"value\":3}");

        Answer answer = stream("application/x-ndjson", "?until=end");

        assertThat(answer.header("Content-Type")).startsWith("application/x-ndjson");
        assertThat(answer.text().lines()).hasSize(3).allMatch(line -> line.startsWith("{\"topic\":\"" + topic));
    }

    @Test
    void aLimitEndsAStream() throws Exception {
        put("{\"value\":1}{\"value\":2}{\"value\":3}");

        assertThat(stream("application/x-ndjson", "?limit=2").jsons()).hasSize(2);
    }

    @Test
    void anEmptyTopicEndsAtOnce() throws Exception {
        assertThat(stream("application/x-ndjson", "?until=end").text()).isEmpty();
    }

    @Test
    void manyRecordsComeWholeAndInOrder() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            lines.append(i).append('\n');
        }
        door.post("topics/" + topic + "/records", "application/x-ndjson", lines.toString());

        int next = 0;
        for (JsonNode record : stream("application/x-ndjson", "?until=end").jsons()) {
            assertThat(record.get("value").get("data").asInt()).isEqualTo(next++);
        }
        assertThat(next).isEqualTo(5000);
    }

    @Test
    void whatIsWrongBeforeAStreamBeginsIsAStatus() throws Exception {
        assertThat(stream("text/event-stream", "?from=77").status()).isEqualTo(416);
        assertThat(stream("text/event-stream", "?wait=5s").status()).isEqualTo(400);
    }

    @Test
    void aTopicThatIsDeletedEndsItsStreamsWithAProblem() throws Exception {
        try (RawHttp events = events("")) {
            events.lineBeginning(": ");
            door.deleteTopic(topic);
            events.lineBeginning("event: problem");
            assertThat(events.lineBeginning("data: ")).contains("40403");
        }
    }

    @Test
    void aReaderThatGoesAwayLeavesNothingBehind() throws Exception {
        // Streams of earlier tests may still be closing, and would end while this one counts.
        awaitStreams(0);
        try (RawHttp events = events("")) {
            events.lineBeginning(": ");
            assertThat(door.openStreams()).isPositive();
        }
        awaitStreams(0);
    }

    @Test
    void aReaderThatNeverReadsHoldsNoOtherUp() throws Exception {
        put(("{\"value\":\"" + "x".repeat(10_000) + "\"}").repeat(500));
        int before = door.openStreams();
        try (RawHttp stuck = events("")) {
            assertThat(stuck.lineBeginning("HTTP/1.1")).contains("200");
            assertThat(stream("application/x-ndjson", "?until=end").jsons()).hasSize(500);
        }
        awaitStreams(before);
    }

    private void awaitStreams(int atMost) throws InterruptedException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (door.openStreams() > atMost) {
            assertThat(System.nanoTime()).as("streams closed in time").isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    private void put(String records) throws Exception {
        assertThat(door.post("topics/" + topic + "/records", "application/json", records)
                        .status())
                .isEqualTo(200);
    }

    private Answer stream(String accept, String query) throws Exception {
        return door.send(door.request("topics/" + topic + "/records" + query).header("Accept", accept));
    }

    private RawHttp events(String query, String... headers) throws IOException {
        String[] all = new String[headers.length + 1];
        all[0] = "Accept: text/event-stream";
        System.arraycopy(headers, 0, all, 1, headers.length);
        return new RawHttp(door.port(), "GET /v3/clusters/-/topics/" + topic + "/records" + query, all);
    }
}
