package io.millrace.gateway.rest.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.rest.Answer;
import io.millrace.gateway.rest.RestDoor;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class PageTest {
    private final RestDoor door = RestDoor.open();
    private final String topic = door.newTopic(1, Map.of());

    @Test
    void aPageHasTheRecordsAndWhereToGoOn() throws Exception {
        put("{\"key\":\"o-1\",\"value\":{\"total\":12.50},\"timestamp\":1795341600000,"
                + "\"headers\":[{\"name\":\"src\",\"text\":\"shop\"}]}");

        Answer answer = get("");

        assertThat(answer.text())
                .contains("{\"topic\":\"" + topic + "\",\"partition\":0,\"offset\":0,"
                        + "\"timestamp\":\"2026-11-22T10:00:00.000Z\",\"timestamp_type\":\"create\",\"leader_epoch\":0,"
                        + "\"key\":{\"type\":\"STRING\",\"data\":\"o-1\"},"
                        + "\"value\":{\"type\":\"JSON\",\"data\":{\"total\":12.50}},"
                        + "\"headers\":[{\"name\":\"src\",\"text\":\"shop\"}]}");
        JsonNode page = answer.json();
        assertThat(page.get("at_end").asBoolean()).isTrue();
        assertThat(page.get("partitions").get(0).get("high_watermark").asInt()).isEqualTo(1);
    }

    @Test
    void pagesLinkToEachOtherToTheEndAndBeyond() throws Exception {
        put("{\"value\":1}{\"value\":2}{\"value\":3}");

        JsonNode first = get("?limit=2").json();
        JsonNode second = follow(first);
        assertThat(values(first)).isEqualTo("1 2");
        assertThat(values(second)).isEqualTo("3");
        assertThat(values(follow(second))).isEmpty();
        put("{\"value\":4}");
        assertThat(values(follow(second))).isEqualTo("4");
    }

    @ParameterizedTest
    @CsvSource({
        "earliest, 1 2 3",
        "latest, ''",
        "1, 2 3",
        "3, ''",
        "-2, 2 3",
        "-99, 1 2 3",
        "2026-11-22T10:00:00.002Z, 3",
        "1970-01-01T00:00:00Z, 1 2 3",
        "2099-01-01T00:00:00Z, ''",
        "-1h, ''",
    })
    void aReadBeginsWhereItIsTold(String from, String values) throws Exception {
        put("{\"value\":1,\"timestamp\":1795341600000}");
        put("{\"value\":2,\"timestamp\":1795341600001}");
        put("{\"value\":3,\"timestamp\":1795341600002}");

        assertThat(values(get("?from=" + from).json())).isEqualTo(values);
    }

    @Test
    void aPartitionIsReadByItself() throws Exception {
        String two = door.newTopic(2, Map.of());
        door.post("topics/" + two + "/records", "application/json", "{\"partition_id\":0,\"value\":0}");
        door.post("topics/" + two + "/records", "application/json", "{\"partition_id\":1,\"value\":1}");

        assertThat(values(door.get("topics/" + two + "/partitions/1/records").json()))
                .isEqualTo("1");
        assertThat(door.get("topics/" + two + "/records").json().get("records")).hasSize(2);
    }

    @Test
    void aFilterLetsThroughWhatItDescribes() throws Exception {
        put(
                "{\"key\":\"ab\",\"value\":\"left\"}{\"key\":\"ac\",\"value\":\"right\",\"headers\":[{\"name\":\"a\",\"text\":\"1\"}]}"
                        + "{\"key\":\"b\",\"value\":\"bright\"}");

        assertThat(values(get("?key=ab").json())).isEqualTo("left");
        assertThat(values(get("?key_prefix=a").json())).isEqualTo("left right");
        assertThat(values(get("?contains=righ").json())).isEqualTo("right bright");
        assertThat(values(get("?header.a=1").json())).isEqualTo("right");
        assertThat(values(get("?contains=righ&key=b").json())).isEqualTo("bright");
    }

    @Test
    void aFormatIsForced() throws Exception {
        put("{\"key\":\"1\",\"value\":2}");

        JsonNode record = get("?value_format=binary&key_format=string")
                .json()
                .get("records")
                .get(0);

        assertThat(record.get("value").toString()).isEqualTo("{\"type\":\"BINARY\",\"data\":\"Mg==\"}");
        assertThat(record.get("key").toString()).isEqualTo("{\"type\":\"STRING\",\"data\":\"1\"}");
    }

    @Test
    void aWaitEndsWithTheFirstRecord() throws Exception {
        CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return get("?from=latest&wait=15s");
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
        while (!waiting.isDone()) {
            put("{\"value\":1}");
            Thread.sleep(50);
        }

        assertThat(waiting.get(1, TimeUnit.SECONDS).json().get("records").size())
                .isPositive();
    }

    @Test
    void aPageHasABudgetOfBytesButAlwaysARecord() throws Exception {
        put("{\"value\":\"" + "x".repeat(1000) + "\"}{\"value\":2}");

        assertThat(get("?max_bytes=1").json().get("records")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "from=-1w, 400, 40002",
        "from=99, 416, 41601",
        "from=99999999999999999999, 400, 40002",
        "cursor=nonsense, 400, 40002",
        "from=earliest&cursor=a, 400, 40002",
        "limit=0, 400, 40002",
        "limit=-1, 400, 40002",
        "limit=10001, 400, 40002",
        "limit=99999999999999999999, 400, 40002",
        "max_bytes=0, 400, 40002",
        "wait=5, 400, 40002",
        "wait=2h, 400, 40002",
        "wait=-1s, 400, 40002",
        "isolation=snapshot, 400, 40002",
        "value_format=avro, 400, 40002",
        "until=end, 400, 40002",
        "offset=3, 400, 40002",
        "filter=true, 422, 42202",
    })
    void aQueryThatMakesNoSenseIsRefused(String query, int status, int errorCode) throws Exception {
        Answer answer = get("?" + query);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().get("error_code").asInt()).isEqualTo(errorCode);
    }

    @Test
    void anOffsetOutOfRangeIsToldTheRange() throws Exception {
        put("{\"value\":1}");

        JsonNode problem = get("?from=5").json();

        assertThat(problem.get("earliest").asInt()).isZero();
        assertThat(problem.get("latest").asInt()).isEqualTo(1);
    }

    @Test
    void aCursorOfAnotherTopicIsRefused() throws Exception {
        String other = door.newTopic(1, Map.of());
        String cursor =
                door.get("topics/" + other + "/records").json().get("cursor").asString();

        assertThat(get("?cursor=" + cursor).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"9, 404", "x, 400", "-1, 400"})
    void aPartitionThatIsNotThereIsRefused(String partition, int status) throws Exception {
        assertThat(door.get("topics/" + topic + "/partitions/" + partition + "/records")
                        .status())
                .isEqualTo(status);
    }

    @Test
    void anUnknownTopicIsRefused() throws Exception {
        assertThat(door.get("topics/nowhere/records").json().get("error_code").asInt())
                .isEqualTo(40403);
    }

    @Test
    void anotherFormIsNotToBeHad() throws Exception {
        assertThat(door.send(door.request("topics/" + topic + "/records").header("Accept", "text/html"))
                        .status())
                .isEqualTo(406);
    }

    private JsonNode follow(JsonNode page) throws Exception {
        URI next = URI.create(page.get("next").asString());
        return door.get(next.getRawPath() + "?" + next.getRawQuery()).json();
    }

    private static String values(JsonNode page) {
        StringBuilder values = new StringBuilder();
        page.get("records")
                .forEach(record -> values.append(record.get("value").get("data").asString())
                        .append(' '));
        return values.toString().strip();
    }

    private void put(String records) throws Exception {
        assertThat(door.post("topics/" + topic + "/records", "application/json", records)
                        .status())
                .isEqualTo(200);
    }

    private Answer get(String query) throws Exception {
        return door.get("topics/" + topic + "/records" + query);
    }
}
