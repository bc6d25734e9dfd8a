package io.millrace.controller.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.PartitionImage;
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

    private final MetadataZnodes znodes = new MetadataZnodes();

    static Stream<MetadataRecord> everyKindOfFact() {
        return Stream.of(
                new BrokerImage(0, new UUID(3, 4), 7, "rack-ü", List.of(new Endpoint("internal", "::1", 19092)), false),
                new BrokerImage(1, new UUID(3, 5), 8, null, List.of(), true),
                new TopicRecord(ID, "orders", 3, 1, Map.of("retention.ms", "-1")),
                new PartitionImage(ID, 12, List.of(0, 1), List.of(1), 1, 4, 9),
                new TopicDeletion(ID, "orders", 3, 1_767_225_600_000L));
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
            })
    void damageIsNamedWithItsPath(String path, String text) {
        assertThatThrownBy(() -> znodes.decode(path, text)).hasMessageContaining(path);
    }
}
