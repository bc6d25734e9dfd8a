package io.millrace.controller.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.ProducerIdsRecord;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.metadata.TopicDeletion;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.Endpoint;
import io.millrace.core.model.TopicId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MetadataZnodesTest {
    private static final TopicId ID = new TopicId(new UUID(1, 2));
    private static final String ID_TEXT = "AAAAAAAAAAEAAAAAAAAAAg";

    private static final Reassignment MOVE = new Reassignment(List.of(2), List.of(1), 1_000_000);

    private static final Reassignment QUICK_MOVE = new Reassignment(List.of(2), List.of(1), Reassignment.UNLIMITED);

    private final MetadataZnodes znodes = new MetadataZnodes();

    static Stream<MetadataRecord> everyKindOfFact() {
        return Stream.of(
                new BrokerImage(0, new UUID(3, 4), 7, "rack-ü", List.of(new Endpoint("internal", "::1", 19092)), false),
                new BrokerImage(1, new UUID(3, 5), 8, null, List.of(), true),
                new BrokerImage(2, new UUID(3, 6), 9, null, List.of(), List.of(new UUID(5, 6), new UUID(5, 7)), true),
                new TopicRecord(ID, "orders", 3, 1, Map.of("retention.ms", "-1")),
                new PartitionImage(ID, 12, List.of(0, 1), List.of(1), 1, 4, 9),
                new PartitionImage(ID, 13, List.of(0, 1), List.of(), List.of(1), -1, 4, 9, 1L << 40, null),
                new PartitionImage(ID, 14, List.of(2, 1), List.of(1), List.of(), 1, 4, 9, 0, MOVE),
                new PartitionImage(ID, 15, List.of(2, 1), List.of(1), List.of(), 1, 4, 9, 0, QUICK_MOVE),
                new TopicDeletion(ID, "orders", 3, 1_767_225_600_000L),
                new ProducerIdsRecord(1L << 61));
    }

    @ParameterizedTest
    @MethodSource("everyKindOfFact")
    void whatIsWrittenIsReadBack(MetadataRecord fact) {
        assertThat(znodes.decode(znodes.path(fact.key()), znodes.encode(fact)).value())
                .isEqualTo(fact);
    }

    @ParameterizedTest
    @MethodSource("everyKindOfFact")
    void everyFactLiesBelowAdirectoryOfTheLayout(MetadataRecord fact) {
        assertThat(znodes.directories())
                .anySatisfy(directory -> assertThat(znodes.path(fact.key())).startsWith(directory + "/"));
    }

    @Test
    void aPersonCanReadThem() {
        PartitionImage partition = new PartitionImage(ID, 12, List.of(0, 1), List.of(1), 1, 4, 9);

        assertThat(znodes.path(partition.key())).isEqualTo("/topics/" + ID_TEXT + "/partitions/12");
        assertThat(znodes.encode(partition))
                .isEqualTo("{\"replicas\":[0,1],\"inSync\":[1],\"leader\":1,\"leaderEpoch\":4,\"partitionEpoch\":9}");
    }

    @Test
    void aPersonCanReadWhatIsSeldomThere() {
        PartitionImage partition =
                new PartitionImage(ID, 12, List.of(2, 0, 1), List.of(1), List.of(0), 1, 4, 9, 17, MOVE);
        BrokerImage broker = new BrokerImage(2, new UUID(3, 6), 9, null, List.of(), List.of(new UUID(5, 6)), true);

        assertThat(znodes.encode(partition))
                .isEqualTo("{\"replicas\":[2,0,1],\"inSync\":[1],\"eligible\":[0],\"leader\":1,\"leaderEpoch\":4,"
                        + "\"partitionEpoch\":9,\"committedFloor\":17,"
                        + "\"reassignment\":{\"adding\":[2],\"removing\":[1],\"bytesPerSecond\":1000000}}");
        assertThat(znodes.encode(broker)).contains("\"directories\":[\"00000000-0000-0005-0000-000000000006\"]");
    }

    @Test
    void whatAnEarlierProgramWroteIsRead() {
        assertThat(znodes.decode(
                                "/topics/" + ID_TEXT + "/partitions/12",
                                "{\"replicas\":[0,1],\"inSync\":[1],\"leader\":1,\"leaderEpoch\":4,\"partitionEpoch\":9}")
                        .value())
                .isEqualTo(new PartitionImage(ID, 12, List.of(0, 1), List.of(1), List.of(), 1, 4, 9, 0, null));
        assertThat(znodes.decode(
                                "/brokers/1",
                                "{\"incarnation\":\"00000000-0000-0003-0000-000000000005\",\"epoch\":8,"
                                        + "\"endpoints\":[],\"fenced\":true}")
                        .value())
                .isEqualTo(new BrokerImage(1, new UUID(3, 5), 8, null, List.of(), List.of(), true));
    }

    @Test
    void aFieldOfALaterProgramIsIgnored() {
        assertThat(znodes.decode(
                                "/topics/" + ID_TEXT,
                                "{\"name\":\"a\",\"partitions\":1,\"replicationFactor\":1,\"configs\":{},\"later\":[1]}")
                        .value())
                .isEqualTo(new TopicRecord(ID, "a", 1, 1, Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/brokers/0 | {",
                "/brokers/0 | {}",
                "/brokers/zero | {\"incarnation\":\"00000000-0000-0000-0000-000000000000\",\"endpoints\":[]}",
                "/topics/short | {\"name\":\"a\",\"partitions\":1,\"replicationFactor\":1,\"configs\":{}}",
                "/elsewhere/0 | {}",
                "/producer-ids/last | {\"nextId\":7}",
            })
    void damageIsNamedWithItsPath(String path, String text) {
        assertThatThrownBy(() -> znodes.decode(path, text)).hasMessageContaining(path);
    }
}
