package io.millrace.gateway.rest.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.rest.Answer;
import io.millrace.gateway.rest.RestDoor;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadWriteTest {
    private final RestDoor door = RestDoor.open();
    private final String topic = door.newTopic(1, Map.of("max.message.bytes", "100000"));

    @ParameterizedTest
    @CsvSource({
        "no-such-topic, 404, 40403",
        "%20, 400, 40002",
        "a$b, 400, 40002",
        "%C3%A9, 400, 40002",
    })
    void aTopicThatIsNotThereIsRefused(String name, int status, int errorCode) throws Exception {
        check(door.post("topics/" + name + "/records", "application/json", "{\"value\":1}"), status, errorCode);
    }

    @Test
    void aTopicNameThatIsTooLongIsRefused() throws Exception {
        check(door.post("topics/" + "a".repeat(250) + "/records", "application/json", "{\"value\":1}"), 400, 40002);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "acks=2|400|40002",
                "compression=brotli|400|40002",
                "partion=1|400|40002",
                "acks=all&acks=1|400|40002",
                "partition=1|400|40002",
            })
    void aQueryThatMakesNoSenseIsRefused(String query, int status, int errorCode) throws Exception {
        check(
                door.post("topics/" + topic + "/records?" + query, "application/json", "{\"value\":1}"),
                status,
                errorCode);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"partition=-1", "partition=x", "timestamp=-1", "timestamp=noon", "key=a&key_field=b", "key_field=b"
            })
    void aQueryOfLinesThatMakesNoSenseIsRefused(String query) throws Exception {
        check(door.post("topics/" + topic + "/records?" + query, "text/plain", "a"), 400, 40002);
    }

    @ParameterizedTest
    @CsvSource({"application/xml", "application/x-www-form-urlencoded", "nonsense", "multipart/form-data"})
    void anotherContentTypeIsRefused(String type) throws Exception {
        check(door.post("topics/" + topic + "/records", type, "{\"value\":1}"), 415, 415);
    }

    @Test
    void aBodyWithoutAContentTypeIsRefused() throws Exception {
        check(
                door.send(door.request("topics/" + topic + "/records").POST(HttpRequest.BodyPublishers.ofString("a"))),
                415,
                415);
    }

    @Test
    void aCompressedBodyIsRefused() throws Exception {
        check(
                door.send(door.request("topics/" + topic + "/records")
                        .header("Content-Type", "text/plain")
                        .header("Content-Encoding", "gzip")
                        .POST(HttpRequest.BodyPublishers.ofString("a"))),
                415,
                415);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {"{\"value\":", "nonsense", "[1]", "' '", "{\"value\":1}}"})
    void jsonThatIsBrokenIsRefused(String body) throws Exception {
        assertThat(door.post("topics/" + topic + "/records", "application/json", body)
                        .text())
                .contains("42201");
    }

    @Test
    void aRecordOverTheLimitOfItsTopicIsRefusedWithTheLimit() throws Exception {
        Answer answer = door.post(
                "topics/" + topic + "/records", "application/json", "{\"value\":\"" + "x".repeat(150_000) + "\"}");

        check(answer, 413, 413);
        assertThat(answer.json().get("limit_bytes").asInt()).isEqualTo(100_000);
    }

    @Test
    void aRecordOverTheLimitOfTheGatewayIsRefusedWithTheLimit() throws Exception {
        Answer answer = door.post(
                "topics/" + topic + "/records", "application/json", "{\"value\":\"" + "x".repeat(3_000_000) + "\"}");

        check(answer, 413, 413);
        assertThat(answer.json().get("limit_bytes").asInt()).isEqualTo(RestDoor.RECORD_BYTES_MAX);
    }

    @Test
    void aRawBodyOverTheLimitIsRefused() throws Exception {
        check(
                door.post(
                        "topics/" + topic + "/records",
                        "application/octet-stream",
                        "x".repeat(RestDoor.RECORD_BYTES_MAX + 1)),
                413,
                413);
    }

    private void check(Answer answer, int status, int errorCode) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().get("error_code").asInt()).isEqualTo(errorCode);
        assertThat(door.stored(topic)).isEmpty();
    }
}
