package io.millrace.gateway.rest.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.rest.Answer;
import io.millrace.gateway.rest.RestDoor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BatchUploadTest {
    private final RestDoor door = RestDoor.open();
    private final String topic = door.newTopic(1, Map.of());

    @Test
    void eachEntrySucceedsOrFailsByItself() throws Exception {
        Answer answer = post("""
                {"entries": [{"id": "a", "value": 1}, {"id": "b", "value": {"type": "BINARY", "data": "%"}},
                             {"id": "c", "partition_id": 4, "value": 2}, {"id": "d", "key": "k", "value": "3"}]}
                """);

        assertThat(answer.status()).as(answer.text()).isEqualTo(207);
        JsonNode successes = answer.json().get("successes");
        assertThat(successes).extracting(entry -> entry.get("id").asString()).containsExactly("a", "d");
        assertThat(successes).extracting(entry -> entry.get("offset").asInt()).containsExactly(0, 1);
        JsonNode failures = answer.json().get("failures");
        assertThat(failures).extracting(entry -> entry.get("id").asString()).containsExactly("b", "c");
        assertThat(failures)
                .extracting(entry -> entry.get("error_code").asInt())
                .containsExactly(42201, 40403);
        assertThat(Stored.values(door.stored(topic))).containsExactly("1", "3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "",
                "{\"entries\":[]}",
                "{\"entries\":{}}",
                "{\"entries\":[1]}",
                "{\"entries\":[{\"value\":1}]}",
                "{\"entries\":[{\"id\":7,\"value\":1}]}",
                "{\"entries\":[{\"id\":\"a b\",\"value\":1}]}",
                "{\"entries\":[{\"id\":\"a\",\"value\":1},{\"id\":\"a\",\"value\":2}]}",
                "{\"entries\":[{\"id\":\"a\",\"value\":1}],\"more\":1}",
                "{\"entries\":[{\"id\":\"a\",\"value\":1}",
                "{\"entries\":[{\"id\":\"a\",\"value\":1}]} {}",
            })
    void whatIsNoBatchStoresNothing(String body) throws Exception {
        Answer answer = post(body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(door.stored(topic)).isEmpty();
    }

    @Test
    void aBodyOverTheLimitStoresNothing() throws Exception {
        Answer answer = post("{\"entries\":[{\"id\":\"a\",\"value\":\"" + "x".repeat(1 << 20) + "\"}]}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().get("limit_bytes").asInt()).isEqualTo(1 << 20);
    }

    private Answer post(String body) throws Exception {
        return door.post("topics/" + topic + "/records:batch", "application/json", body);
    }
}
