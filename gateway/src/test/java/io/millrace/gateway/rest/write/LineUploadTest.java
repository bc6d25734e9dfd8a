package io.millrace.gateway.rest.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.records.RecordHeader;
import io.millrace.gateway.rest.Answer;
import io.millrace.gateway.rest.RestDoor;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LineUploadTest {
    private final RestDoor door = RestDoor.open();
    private final String topic = door.newTopic(2, Map.of());

    @Test
    void linesOfJsonAreStoredByteForByteUnderTheirKeys() throws Exception {
        Answer answer = post(
                "?key_field=id", "application/x-ndjson", "{\"id\":\"a\", \"n\":1.0}\n\n{\"id\":7}\r\n{\"id\":null}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(Stored.values(door.stored(topic)))
                .containsExactlyInAnyOrder("{\"id\":\"a\", \"n\":1.0}", "{\"id\":7}\r", "{\"id\":null}");
        assertThat(Stored.keys(door.stored(topic))).containsExactlyInAnyOrder("a", "7", "null");
    }

    @Test
    void theSummaryTellsWhereTheRecordsAre() throws Exception {
        JsonNode summary =
                post("?partition=1", "application/x-ndjson", "1\n2\n3\n").json();

        assertThat(summary.toString())
                .isEqualTo("{\"cluster_id\":\"in-memory-cluster\",\"topic_name\":\"" + topic
                        + "\",\"lines\":3,\"complete\":true,\"records\":3,\"bytes\":3,"
                        + "\"partitions\":[{\"partition\":1,\"first_offset\":0,\"last_offset\":2,\"count\":3}],"
                        + "\"errors\":[]}");
    }

    @Test
    void aPointerFindsAKeyDeepInside() throws Exception {
        post(
                "?key_field=/properties/0/code",
                "application/x-ndjson",
                "{\"properties\":[{\"x\":{},\"code\":\"deep\"}]}");

        assertThat(Stored.keys(door.stored(topic))).containsExactly("deep");
    }

    @Test
    void linesThatAreWrongAreToldAndTheOthersAreStored() throws Exception {
        Answer answer =
                post("?key_field=id&partition=0", "application/x-ndjson", "{\"id\":1}\n{\"id\":\n[]\n{}\n{\"id\":2}\n");

        assertThat(answer.status()).isEqualTo(207);
        assertThat(answer.json().get("records").asInt()).isEqualTo(2);
        JsonNode errors = answer.json().get("errors");
        assertThat(errors).hasSize(2);
        assertThat(errors.get(0).get("first_line").asInt()).isEqualTo(2);
        assertThat(errors.get(0).get("last_line").asInt()).isEqualTo(2);
        assertThat(errors.get(1).get("first_line").asInt()).isEqualTo(3);
        assertThat(errors.get(1).get("last_line").asInt()).isEqualTo(4);
        assertThat(errors.get(1).get("error_code").asInt()).isEqualTo(42201);
    }

    @Test
    void whenNothingIsStoredTheAnswerIsTheErrorItself() throws Exception {
        Answer answer = post("?partition=5", "text/plain", "a\nb\n");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().get("error_code").asInt()).isEqualTo(40403);
        assertThat(answer.json().get("records").asInt()).isEqualTo(0);
    }

    @Test
    void aBodyOfNothingButErrorsIsNotReadToItsEnd() throws Exception {
        StringBuilder body = new StringBuilder("1\n");
        for (int i = 0; i < 100_000; i++) {
            body.append(i % 2 == 0 ? "x\n" : "2\n");
        }

        JsonNode summary = post("", "application/x-ndjson", body.toString()).json();

        assertThat(summary.get("complete").asBoolean()).isFalse();
        assertThat(summary.get("lines").asInt()).isLessThan(100_000);
        assertThat(summary.get("records").asInt()).isEqualTo(door.stored(topic).size());
    }

    @Test
    void linesOfTextAreRecordsAlsoWhenEmpty() throws Exception {
        post("?partition=0&key=k&timestamp=17", "text/plain; charset=utf-8", "one\n\nthree");

        assertThat(Stored.values(door.stored(topic))).containsExactly("one", "", "three");
        assertThat(door.stored(topic)).allSatisfy(record -> {
            assertThat(Stored.text(record.key())).isEqualTo("k");
            assertThat(record.timestampMillis()).isEqualTo(17);
        });
    }

    @Test
    void aLineOverTheLimitIsNotStoredAndCostsNoMemory() throws Exception {
        String large = "x".repeat(RestDoor.RECORD_BYTES_MAX + 1);
        Answer answer = post("?partition=0", "text/plain", "a\n" + large.repeat(8) + "\nb\n");

        assertThat(answer.status()).isEqualTo(207);
        assertThat(Stored.values(door.stored(topic))).containsExactly("a", "b");
        assertThat(answer.json().get("errors").get(0).get("error_code").asInt()).isEqualTo(413);
    }

    @Test
    void manyLinesAreAllStoredInOrder() throws Exception {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            body.append("{\"n\":").append(i).append("}\n");
        }

        JsonNode summary =
                post("?partition=0", "application/x-ndjson", body.toString()).json();

        assertThat(summary.get("records").asInt()).isEqualTo(20_000);
        assertThat(String.join("\n", Stored.values(door.stored(topic, 0))) + "\n")
                .isEqualTo(body.toString());
    }

    @Test
    void aRawBodyIsTheValueAndHeadersOfTheRequestAreItsHeaders() throws Exception {
        byte[] raw = {0, (byte) 0xFF, '\n', 1};
        Answer answer = door.send(door.request("topics/" + topic + "/records?partition=0&key=k%C3%A9")
                .header("Content-Type", "application/octet-stream")
                .header("Millrace-Header-Source", "shop")
                .header("Millrace-Header-Source", "web")
                .POST(HttpRequest.BodyPublishers.ofByteArray(raw)));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().get("value").get("size").asInt()).isEqualTo(4);
        assertThat(door.stored(topic, 0)).singleElement().satisfies(record -> {
            assertThat(record.value()).isEqualTo(ByteBuffer.wrap(raw));
            assertThat(Stored.text(record.key())).isEqualTo("ké");
            assertThat(record.headers())
                    .containsExactly(new RecordHeader("source", utf8("shop")), new RecordHeader("source", utf8("web")));
        });
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private Answer post(String query, String contentType, String body) throws Exception {
        return door.post("topics/" + topic + "/records" + query, contentType, body);
    }
}
