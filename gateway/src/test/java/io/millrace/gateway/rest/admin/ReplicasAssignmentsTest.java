package io.millrace.gateway.rest.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.rest.Answer;
import io.millrace.gateway.rest.RestDoor;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas that are placed by hand, in a cluster of one broker, number 0. */
class ReplicasAssignmentsTest {
    private final RestDoor door = RestDoor.open();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "by-list| [{\"partition_id\":1,\"broker_ids\":[0]},{\"partition_id\":0,\"broker_ids\":[0]}]",
                "by-object| {\"0\":[0],\"1\":[0]}"
            })
    void aTopicIsCreatedWhereItsCreatorSays(String name, String assignments) throws Exception {
        Answer created = create(name, assignments);

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.json().get("partitions_count").asInt()).isEqualTo(2);
        assertThat(created.json().get("replication_factor").asInt()).isEqualTo(1);
        Answer replicas = door.get("topics/" + name + "/partitions/1/replicas");
        assertThat(replicas.json().get("data").get(0).get("broker_id").asInt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"partition_id\":0,\"broker_ids\":[7]}]",
                "[{\"partition_id\":0,\"broker_ids\":[]}]",
                "[{\"partition_id\":0,\"broker_ids\":[0,0]}]",
                "[{\"partition_id\":1,\"broker_ids\":[0]}]",
                "[{\"partition_id\":-1,\"broker_ids\":[0]}]",
                "[{\"partition_id\":0,\"broker_ids\":[0]},{\"partition_id\":2,\"broker_ids\":[0]}]",
                "[{\"partition_id\":0,\"broker_ids\":[0]},{\"partition_id\":0,\"broker_ids\":[0]}]",
                "{\"0\":[0],\"1\":[7]}"
            })
    void anImpossibleAssignmentIsRefused(String assignments) throws Exception {
        Answer answer = create("never-placed", assignments);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().get("error_code").asInt()).isEqualTo(40002);
        assertThat(answer.json().get("kafka_error").asString()).isEqualTo("INVALID_REPLICA_ASSIGNMENT");
        assertThat(answer.json().get("detail").asString()).matches(".*\\d.*\\.");
        assertThat(door.get("topics/never-placed").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "\"0:1\"",
                "[0]",
                "[{\"partition_id\":0}]",
                "[{\"broker_ids\":[0]}]",
                "[{\"partition_id\":\"0\",\"broker_ids\":[0]}]",
                "[{\"partition_id\":0,\"broker_ids\":[\"0\"]}]",
                "[{\"partition_id\":0,\"broker_ids\":[0.5]}]",
                "[{\"partition_id\":0,\"broker_ids\":[5000000000]}]",
                "{\"first\":[0]}",
                "{\"0\":0}"
            })
    void whatIsNoAssignmentIsUnparsable(String assignments) throws Exception {
        Answer answer = create("never-placed", assignments);

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.json().get("detail").asString()).contains("replicas_assignments");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{}"})
    void withoutAssignmentsTheClusterPlaces(String assignments) throws Exception {
        String name = "free-" + assignments.codePointAt(0);

        assertThat(create(name, assignments).status()).isEqualTo(201);
    }

    @Test
    void addedPartitionsAreNumberedBehindThoseThatAreThere() throws Exception {
        String topic = door.newTopic(2, Map.of());

        Answer widened = patch(topic, "{\"replicas_assignments\":[{\"partition_id\":2,\"broker_ids\":[0]}]}");
        Answer wrongNumber = patch(topic, "{\"replicas_assignments\":[{\"partition_id\":2,\"broker_ids\":[0]}]}");
        Answer wrongCount = patch(
                topic, "{\"partitions_count\":5,\"replicas_assignments\":[{\"partition_id\":3,\"broker_ids\":[0]}]}");

        assertThat(widened.json().get("partitions_count").asInt()).isEqualTo(3);
        assertThat(wrongNumber.json().get("detail").asString()).contains("from 3 on");
        assertThat(wrongCount.json().get("kafka_error").asString()).isEqualTo("INVALID_REPLICA_ASSIGNMENT");
    }

    @Test
    void partitionsThatAreOnlyValidatedAreNotAdded() throws Exception {
        String topic = door.newTopic(1, Map.of());

        Answer answer = patch(topic, "{\"partitions_count\":3,\"validate_only\":true}");

        assertThat(answer.json().get("partitions_count").asInt()).isEqualTo(3);
        assertThat(door.get("topics/" + topic).json().get("partitions_count").asInt())
                .isEqualTo(1);
    }

    private Answer create(String name, String assignments) throws Exception {
        return door.post(
                "topics",
                "application/json",
                "{\"topic_name\":\"" + name + "\",\"replicas_assignments\":" + assignments + "}");
    }

    private Answer patch(String topic, String body) throws Exception {
        return door.send(door.request("topics/" + topic).method("PATCH", BodyPublishers.ofString(body)));
    }
}
