package io.millrace.gateway.rest.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.LogRecord;
import io.millrace.gateway.rest.Answer;
import io.millrace.gateway.rest.RestDoor;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class JsonUploadTest {
    private final RestDoor door = RestDoor.open();
    private final String topic = door.newTopic(2, Map.of());

    @Test
    void aRecordIsAnsweredAsConfluentDoes() throws Exception {
        Answer answer = post("""
                {"partition_id": 1, "timestamp": "2026-11-22T10:00:00.000Z",
                 "key": {"type": "STRING", "data": "o-1"}, "value": {"type": "JSON", "data": {"total": 12.50}}}
                """);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text())
                .isEqualTo("{\"error_code\":200,\"cluster_id\":\"in-memory-cluster\",\"topic_name\":\"" + topic
                        + "\",\"partition_id\":1,\"offset\":0,\"timestamp\":\"2026-11-22T10:00:00.000Z\","
                        + "\"key\":{\"type\":\"STRING\",\"size\":3},\"value\":{\"type\":\"JSON\",\"size\":15}}\n");
        assertThat(Stored.values(door.stored(topic, 1))).containsExactly("{\"total\":12.50}");
    }

    @Test
    void aTombstoneIsStoredAsNull() throws Exception {
        Answer answer = post("{\"key\":\"a\",\"value\":null}");

        assertThat(answer.json().has("value")).isFalse();
        assertThat(door.stored(topic).getFirst().value()).isNull();
    }

    @Test
    void aKeyGoesWhereTheKafkaClientSendsIt() throws Exception {
        post("{\"key\":\"a\",\"value\":1}");
        post("{\"key\":\"a\",\"value\":2}");

        assertThat(Stored.values(door.stored(topic))).containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void everyCodecStoresTheSame(String codec) throws Exception {
        Answer answer =
                door.post("topics/" + topic + "/records?compression=" + codec, "application/json", "{\"value\":\"é\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(Stored.values(door.stored(topic))).containsExactly("é");
    }

    @Test
    void severalRecordsInOneBodyGetAReportEachInOrder() throws Exception {
        Answer answer = post("{\"value\":1,\"partition_id\":0}{\"value\":2,\"partition_id\":9} {\"vale\":3}\n"
                + "{\"value\":4,\"partition_id\":0}");

        assertThat(answer.status()).isEqualTo(200);
        List<JsonNode> reports = answer.jsons();
        assertThat(reports)
                .extracting(report -> report.get("error_code").asInt())
                .containsExactly(200, 40403, 42201, 200);
        assertThat(Stored.values(door.stored(topic))).containsExactly("1", "4");
    }

    @Test
    void jsonThatCannotBeReadEndsAStreamWithAReport() throws Exception {
        List<JsonNode> reports =
                post("{\"value\":1}{\"value\":2} oops {\"value\":3}").jsons();

        assertThat(reports)
                .extracting(report -> report.get("error_code").asInt())
                .containsExactly(200, 200, 42201);
        assertThat(door.stored(topic)).hasSize(2);
    }

    @Test
    void aChunkedBodyIsAStreamAlsoWithOneRecord() throws Exception {
        byte[] body = "{\"value\":1,\"partition_id\":7}".getBytes(StandardCharsets.UTF_8);
        Answer answer = door.send(door.request("topics/" + topic + "/records")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.jsons()).singleElement().satisfies(report -> {
            assertThat(report.get("error_code").asInt()).isEqualTo(40403);
            assertThat(report.get("kafka_error").asString()).isEqualTo("UNKNOWN_TOPIC_OR_PARTITION");
        });
    }

    @Test
    void aLongStreamKeepsItsOrder() throws Exception {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            body.append("{\"partition_id\":0,\"value\":").append(i).append('}');
        }

        List<JsonNode> reports = post(body.toString()).jsons();

        assertThat(reports).hasSize(5000);
        for (int i = 0; i < 5000; i++) {
            assertThat(reports.get(i).get("offset").asInt()).isEqualTo(i);
        }
        List<LogRecord> stored = door.stored(topic, 0);
        assertThat(Stored.text(stored.get(4999).value())).isEqualTo("4999");
    }

    @Test
    void aRefusalOfTheBrokerIsTheAnswer() throws Exception {
        door.broker().refuseAppends(new Refusal.NotEnoughReplicas(new TopicPartition(topic, 0), 1, 2));
        try {
            Answer answer = post("{\"value\":1,\"partition_id\":0}");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isNotEmpty();
            assertThat(answer.json().get("error_code").asInt()).isEqualTo(50003);
            assertThat(answer.json().get("kafka_error").asString()).isEqualTo("NOT_ENOUGH_REPLICAS");
        } finally {
            door.broker().refuseAppends(null);
        }
    }

    private Answer post(String body) throws Exception {
        return door.post("topics/" + topic + "/records", "application/json", body);
    }
}
