package io.millrace.gateway.rest.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.rest.Answer;
import io.millrace.gateway.rest.RestDoor;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AdminResourcesTest {
    private final RestDoor door = RestDoor.open();

    @Test
    void theOnlyClusterIsListedAndFoundUnderItsIdAndItsAlias() throws Exception {
        JsonNode list = door.get("/v3/clusters").json();
        String id = list.get("data").get(0).get("cluster_id").asString();

        assertThat(list.get("kind").asString()).isEqualTo("KafkaClusterList");
        assertThat(door.get("/v3/clusters/" + id).json())
                .isEqualTo(door.get("/v3/clusters/-").json());
    }

    @Test
    void theClusterTellsWhoDecidesAndLinksToNoBrokerForIt() throws Exception {
        JsonNode cluster = door.get("/v3/clusters/-").json();

        assertThat(cluster.get("controller_id").asString()).isEqualTo("controller-0");
        assertThat(cluster.get("controller_suspended").asBoolean()).isFalse();
        assertThat(cluster.has("controller")).isFalse();
    }

    @Test
    void aCreatedTopicIsThereUnderItsLocation() throws Exception {
        Answer created = door.post("topics", "application/json", """
                {"topic_name":"made-here","partitions_count":2,"configs":[{"name":"segment.bytes","value":"1048576"}]}""");

        assertThat(created.status()).isEqualTo(201);
        Answer found = door.get(URI.create(created.header("Location")).getPath());
        assertThat(found.json()).isEqualTo(created.json());
        assertThat(found.json().get("partitions_count").asInt()).isEqualTo(2);
        assertThat(found.json().get("is_internal").asBoolean()).isFalse();
        assertThat(config("made-here", "segment.bytes").get("value").asString()).isEqualTo("1048576");
    }

    @Test
    void aTopicThatIsOnlyValidatedIsNotCreated() throws Exception {
        Answer answer = door.post("topics", "application/json", "{\"topic_name\":\"wish\",\"validate_only\":true}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(door.get("topics/wish").status()).isEqualTo(404);
    }

    @Test
    void aDeletedTopicIsGone() throws Exception {
        String topic = door.newTopic(1, Map.of());

        assertThat(door.send(door.request("topics/" + topic).DELETE()).status()).isEqualTo(204);

        Answer again = door.send(door.request("topics/" + topic).DELETE());
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.json().get("error_code").asInt()).isEqualTo(40403);
    }

    @Test
    void partitionsCanBeAddedButNotTakenAway() throws Exception {
        String topic = door.newTopic(2, Map.of());

        assertThat(patch(topic, "{\"partitions_count\":4}")
                        .json()
                        .get("partitions_count")
                        .asInt())
                .isEqualTo(4);

        Answer fewer = patch(topic, "{\"partitions_count\":3}");
        assertThat(fewer.status()).isEqualTo(400);
        assertThat(fewer.json().get("kafka_error").asString()).isEqualTo("INVALID_PARTITIONS");
    }

    @Test
    void aListPagesThroughEveryTopicOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            door.newTopic(1, Map.of());
        }
        List<String> whole = names(door.get("topics").json());

        List<String> paged = new ArrayList<>();
        String next = "/v3/clusters/-/topics?page_size=2";
        while (next != null) {
            JsonNode page = door.get(next).json();
            assertThat(page.get("data").size()).isLessThanOrEqualTo(2);
            paged.addAll(names(page));
            JsonNode link = page.get("metadata").get("next");
            next = link.isNull() ? null : pathAndQuery(link.asString());
        }

        assertThat(paged).containsAll(whole).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void aConfigIsSetAndResetOneByOne() throws Exception {
        String topic = door.newTopic(1, Map.of());
        String path = "topics/" + topic + "/configs/retention.ms";

        Answer set = door.send(door.request(path).PUT(BodyPublishers.ofString("{\"value\":\"1000\"}")));

        assertThat(set.status()).isEqualTo(204);
        JsonNode changed = config(topic, "retention.ms");
        assertThat(changed.get("value").asString()).isEqualTo("1000");
        assertThat(changed.get("is_default").asBoolean()).isFalse();
        assertThat(changed.get("source").asString()).isEqualTo("DYNAMIC_TOPIC_CONFIG");
        assertThat(changed.get("synonyms").size()).isEqualTo(2);

        assertThat(door.send(door.request(path).DELETE()).status()).isEqualTo(204);
        assertThat(config(topic, "retention.ms").get("is_default").asBoolean()).isTrue();
    }

    @Test
    void severalConfigsChangeTogetherOrNotAtAll() throws Exception {
        String topic = door.newTopic(1, Map.of("segment.ms", "5000"));

        Answer wrong = alter(topic, """
                {"data":[{"name":"retention.ms","value":"7"},{"name":"segment.bytes","value":"lots"}]}""");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(config(topic, "retention.ms").get("is_default").asBoolean()).isTrue();

        Answer right = alter(topic, """
                {"data":[{"name":"retention.ms","value":"7"},{"name":"segment.ms","operation":"DELETE"}]}""");
        assertThat(right.status()).isEqualTo(204);
        assertThat(config(topic, "retention.ms").get("value").asString()).isEqualTo("7");
        assertThat(config(topic, "segment.ms").get("is_default").asBoolean()).isTrue();
    }

    @Test
    void aPartitionTellsItsLeaderReplicasAndEdges() throws Exception {
        String topic = door.newTopic(3, Map.of());

        assertThat(door.get("topics/" + topic + "/partitions")
                        .json()
                        .get("data")
                        .size())
                .isEqualTo(3);
        JsonNode partition = door.get("topics/" + topic + "/partitions/2").json();
        assertThat(partition.get("status").get("log_end_offset").asLong()).isZero();
        JsonNode leader = door.get(
                        pathAndQuery(partition.get("leader").get("related").asString()))
                .json();
        assertThat(leader.get("is_leader").asBoolean()).isTrue();
        assertThat(leader.get("is_in_sync").asBoolean()).isTrue();
        JsonNode broker = door.get(
                        pathAndQuery(leader.get("broker").get("related").asString()))
                .json();
        assertThat(broker.get("kind").asString()).isEqualTo("KafkaBroker");
        assertThat(broker.get("fenced").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "topics/no-such, 404, 40403",
        "topics/no-such/configs, 404, 40403",
        "topics/spaced%20name, 400, 40002",
        "topics?page_size=0, 400, 40002",
        "topics?page_size=many, 400, 40002",
        "topics?page_token=%21, 400, 40002",
        "brokers/77, 404, 40402",
        "brokers/seven, 400, 40002"
    })
    void aWrongPathIsAClearError(String path, int status, int errorCode) throws Exception {
        Answer answer = door.get(path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().get("error_code").asInt()).isEqualTo(errorCode);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}| 422",
                "| 422",
                "{\"topic_name\":| 422",
                "[]| 422",
                "{\"topic_name\":\"x\",\"partitons_count\":3}| 422",
                "{\"topic_name\":\"..\"}| 400",
                "{\"topic_name\":\"\"}| 400",
                "{\"topic_name\":\"a/b\"}| 400",
                "{\"topic_name\":\"x\",\"partitions_count\":0}| 400",
                "{\"topic_name\":\"x\",\"partitions_count\":2000000000}| 400",
                "{\"topic_name\":\"x\",\"partitions_count\":20000000000}| 422",
                "{\"topic_name\":\"x\",\"replication_factor\":3}| 400",
                "{\"topic_name\":\"x\",\"configs\":[{\"name\":\"no.such\",\"value\":\"1\"}]}| 400",
                "{\"topic_name\":\"x\",\"configs\":[{\"name\":\"segment.bytes\"}]}| 422"
            })
    void anImpossibleTopicIsRefusedAndNotCreated(String body, int status) throws Exception {
        Answer answer = door.post("topics", "application/json", body == null ? "" : body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().get("detail").asString()).isNotEmpty().doesNotContain("millrace", "java");
        assertThat(door.get("topics/x").status()).isEqualTo(404);
    }

    @Test
    void aNameOfTwoHundredAndFiftyCharactersIsTooLong() throws Exception {
        Answer answer = door.post("topics", "application/json", "{\"topic_name\":\"" + "n".repeat(250) + "\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").asString()).contains("249", "250");
    }

    private Answer patch(String topic, String body) throws Exception {
        return door.send(door.request("topics/" + topic).method("PATCH", BodyPublishers.ofString(body)));
    }

    private Answer alter(String topic, String body) throws Exception {
        return door.post("topics/" + topic + "/configs:alter", "application/json", body);
    }

    private JsonNode config(String topic, String name) throws Exception {
        return door.get("topics/" + topic + "/configs/" + name).json();
    }

    private static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.get("data").forEach(topic -> names.add(topic.get("topic_name").asString()));
        return names;
    }

    private static String pathAndQuery(String url) {
        URI uri = URI.create(url);
        return uri.getQuery() == null ? uri.getPath() : uri.getPath() + "?" + uri.getRawQuery();
    }
}
