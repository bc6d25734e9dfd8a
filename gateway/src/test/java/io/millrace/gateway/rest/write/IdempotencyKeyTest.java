package io.millrace.gateway.rest.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.rest.Answer;
import io.millrace.gateway.rest.RestDoor;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same request twice, with an {@code Idempotency-Key}. */
class IdempotencyKeyTest {
    private static final String THREE_LINES = "one\ntwo\nthree\n";

    private final RestDoor door = RestDoor.open();
    private final String topic = door.newTopic(3, Map.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "records       | application/json         | {\"value\":1}",
                "records       | application/json         | {\"value\":1}{\"value\":2}{\"value\":3,\"partition_id\":1}",
                "records:batch | application/json         | {\"entries\":[{\"id\":\"a\",\"value\":1},{\"id\":\"b\",\"key\":\"k\",\"value\":2}]}",
                "records       | application/octet-stream | bytes",
            })
    void whatComesAgainIsStoredOnce(String path, String type, String body) throws Exception {
        Answer first = post(path, type, body, "order-17");
        int stored = door.stored(topic).size();
        Answer again = post(path, type, body, "order-17");

        assertThat(first.status()).isLessThan(300);
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(withoutTimes(again)).isEqualTo(withoutTimes(first));
        assertThat(door.stored(topic)).hasSize(stored);
    }

    @Test
    void linesThatComeAgainAreStoredOnce() throws Exception {
        Answer first = post("records", "text/plain", THREE_LINES, "upload-1");
        Answer again = post("records", "text/plain", THREE_LINES, "upload-1");

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(Stored.values(door.stored(topic))).containsExactly("one", "two", "three");
    }

    @Test
    void anotherKeyIsAnotherRequest() throws Exception {
        post("records", "application/json", "{\"value\":1,\"partition_id\":0}", "a");
        post("records", "application/json", "{\"value\":1,\"partition_id\":0}", "b");

        assertThat(door.stored(topic)).hasSize(2);
    }

    @Test
    void anotherNumberOfRecordsUnderTheSameKeyIsRefused() throws Exception {
        post("records", "text/plain", THREE_LINES, "upload-1");

        Answer other = post("records", "text/plain", "one\n", "upload-1");

        assertThat(other.status()).isEqualTo(400);
        assertThat(other.text()).contains("upload-1");
        assertThat(door.stored(topic)).hasSize(3);
    }

    @Test
    void aKeyNeedsEveryReplicasAcknowledgement() throws Exception {
        assertThat(post("records?acks=leader", "application/json", "{\"value\":1}", "a")
                        .status())
                .isEqualTo(400);
        assertThat(door.stored(topic)).isEmpty();
    }

    @Test
    void aKeyThatIsTooLongIsRefused() throws Exception {
        assertThat(post("records", "application/json", "{\"value\":1}", "k".repeat(256))
                        .status())
                .isBetween(400, 499);
        assertThat(door.stored(topic)).isEmpty();
    }

    private Answer post(String path, String type, String body, String key) throws Exception {
        return door.send(door.request("topics/" + topic + "/" + path)
                .header("Content-Type", type)
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Records without a time of their own have that of the request. */
    private static String withoutTimes(Answer answer) {
        return answer.text().replaceAll("\"timestamp\":\"[^\"]*\"", "");
    }
}
