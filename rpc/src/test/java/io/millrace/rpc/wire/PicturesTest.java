package io.millrace.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.ProducerIdsRecord;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.core.metadata.QuotaName;
import io.millrace.core.metadata.QuotaRecord;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.metadata.TopicDeletion;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.Endpoint;
import io.millrace.core.model.TopicId;
import io.millrace.internal.v1.ClusterSnapshotPiece;
import io.millrace.internal.v1.MetadataRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PicturesTest {
    private static final TopicId ORDERS = new TopicId(new UUID(1, 2));
    private static final TopicId HALF = new TopicId(new UUID(3, 4));
    private static final TopicId GONE = new TopicId(new UUID(-5, -6));

    /** A rack and none, a topic of which a part is missing, a tombstone, and an end of everything that can end. */
    private static final ClusterDelta DELTA = new ClusterDelta(
            1L << 40,
            7,
            List.of(
                    put(new BrokerImage(
                            1,
                            new UUID(8, 9),
                            1L << 39,
                            "rack-a",
                            List.of(new Endpoint("internal", "broker-1", 19092), new Endpoint("none", "::1", 0)),
                            List.of(new UUID(10, 11), new UUID(-12, 13)),
                            true)),
                    put(new BrokerImage(2, new UUID(-1, -2), 3, null, List.of(), false)),
                    put(new TopicRecord(ORDERS, "orders", 3, 3, Map.of("retention.ms", "1", "segment.ms", "2"))),
                    put(new PartitionImage(ORDERS, 0, List.of(2, 1), List.of(2), 2, 4, 5)),
                    put(new PartitionImage(ORDERS, 1, List.of(1, 2), List.of(2, 1), PartitionImage.NO_LEADER, 6, 7)),
                    put(new PartitionImage(
                            ORDERS,
                            2,
                            List.of(3, 2, 1),
                            List.of(),
                            List.of(2, 1),
                            PartitionImage.NO_LEADER,
                            8,
                            9,
                            1L << 42,
                            new Reassignment(List.of(3), List.of(1), 1L << 33))),
                    put(new TopicRecord(HALF, "half", 2, 1, Map.of())),
                    put(new PartitionImage(HALF, 1, List.of(1), List.of(1), 1, 0, 0)),
                    put(new TopicDeletion(GONE, "gone", 9, 1L << 41)),
                    put(new ProducerIdsRecord(1L << 43)),
                    put(new QuotaRecord(
                            QuotaEntity.of(QuotaName.of("alice/ü"), QuotaName.Default.NAME),
                            new TreeMap<>(
                                    Map.of(QuotaKind.PRODUCER_BYTE_RATE, 1e9, QuotaKind.REQUEST_PERCENTAGE, 12.5)))),
                    put(new QuotaRecord(
                            QuotaEntity.ofIp(QuotaName.of("2001:db8::1")),
                            new TreeMap<>(Map.of(QuotaKind.CONNECTION_CREATION_RATE, 5.0)))),
                    new MetadataChange.Removed(new MetadataKey.Broker(3)),
                    new MetadataChange.Removed(new MetadataKey.Topic(GONE)),
                    new MetadataChange.Removed(new MetadataKey.Partition(GONE, 8)),
                    new MetadataChange.Removed(new MetadataKey.DeletedTopic(HALF)),
                    new MetadataChange.Removed(new MetadataKey.Quota(QuotaEntity.ofClientId(QuotaName.of("app"))))));

    @Test
    void aDeltaStaysItself() throws Exception {
        byte[] sent = Deltas.encode(DELTA).toByteArray();

        assertThat(Deltas.decode(io.millrace.internal.v1.ClusterDelta.parseFrom(sent)))
                .isEqualTo(DELTA);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1 << 20})
    void aPictureIsTheSameHoweverItIsCut(int pieceBytesMax) throws Exception {
        ClusterImage image = imageOf(DELTA);

        List<ClusterSnapshotPiece> pieces = SnapshotPieces.encode(image, pieceBytesMax);

        assertThat(assembled(pieces)).contains(image);
        assertThat(image.topics()).containsOnlyKeys("orders");
        assertThat(pieces).hasSizeBetween(1, 12);
        assertThat(pieces.size() == 1).isEqualTo(pieceBytesMax > 10_000);
    }

    @Test
    void theEndOfTheOnlyFactOfItsKindStaysItself() throws Exception {
        ClusterDelta end = new ClusterDelta(4, 2, List.of(new MetadataChange.Removed(MetadataKey.ProducerIds.KEY)));

        assertThat(Deltas.decode(Deltas.encode(end))).isEqualTo(end);
    }

    @Test
    void thePictureOfAclusterInWhichNothingHappenedHasOnePiece() throws Exception {
        ClusterImage nothing = ClusterImage.empty("cluster");

        List<ClusterSnapshotPiece> pieces = SnapshotPieces.encode(nothing, 1000);

        assertThat(pieces).hasSize(1);
        assertThat(assembled(pieces)).contains(nothing);
    }

    @Test
    void piecesOfTwoPicturesDoNotMix() throws Exception {
        ClusterImage image = imageOf(DELTA);
        ClusterSnapshotPiece first = SnapshotPieces.encode(image, 1).getFirst();
        SnapshotAssembly assembly = new SnapshotAssembly();

        assertThat(assembly.add(first)).isEmpty();

        assertThat(assembly.isUnderWay()).isTrue();
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> assembly.add(first.toBuilder().setVersion(1).build()))
                .satisfies(e -> assertThat(e.problem()).contains("1099511627776"));
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() ->
                        assembly.add(first.toBuilder().setClusterId("another").build()));
    }

    @Test
    void aPictureOfNoClusterIsMalformed() {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> new SnapshotAssembly()
                        .add(ClusterSnapshotPiece.newBuilder().setLast(true).build()));
    }

    static Stream<MetadataRecord> factsThatCannotBe() {
        MetadataRecord.Builder broker = encoded(0);
        MetadataRecord.Builder topic = encoded(2);
        MetadataRecord.Builder partition = encoded(3);
        MetadataRecord.Builder deletion = encoded(8);
        broker.getBrokerBuilder().clearIncarnation();
        topic.getTopicBuilder().setName("a/b");
        partition.getPartitionBuilder().clearReplicas();
        deletion.getTopicDeletionBuilder().setPartitionCount(-1);
        MetadataRecord.Builder port = encoded(0);
        port.getBrokerBuilder().getEndpointsBuilder(0).setPort(65_536);
        MetadataRecord.Builder stranger = encoded(3);
        stranger.getPartitionBuilder().addInSyncReplicas(77);
        MetadataRecord.Builder outsider = encoded(5);
        outsider.getPartitionBuilder().addEligibleReplicas(77);
        MetadataRecord.Builder both = encoded(3);
        both.getPartitionBuilder().addEligibleReplicas(2);
        MetadataRecord.Builder floor = encoded(3);
        floor.getPartitionBuilder().setCommittedFloor(-1);
        MetadataRecord.Builder added = encoded(5);
        added.getPartitionBuilder().getReassignmentBuilder().addAdding(77);
        MetadataRecord.Builder removed = encoded(5);
        removed.getPartitionBuilder().getReassignmentBuilder().addRemoving(77);
        MetadataRecord.Builder throttle = encoded(5);
        throttle.getPartitionBuilder().getReassignmentBuilder().setBytesPerSecond(0);
        MetadataRecord.Builder directory = encoded(0);
        directory.getBrokerBuilder().addDirectoryIds(ByteString.copyFromUtf8("short"));
        MetadataRecord.Builder number = encoded(3);
        number.getPartitionBuilder().setPartition(-1);
        return Stream.of(
                        broker,
                        topic,
                        partition,
                        deletion,
                        port,
                        stranger,
                        outsider,
                        both,
                        floor,
                        added,
                        removed,
                        throttle,
                        directory,
                        number,
                        MetadataRecord.newBuilder(),
                        MetadataRecord.newBuilder().setTopic(MetadataRecord.Topic.getDefaultInstance()))
                .map(MetadataRecord.Builder::build);
    }

    @ParameterizedTest
    @MethodSource("factsThatCannotBe")
    void aDeltaWithAfactThatCannotBeIsMalformed(MetadataRecord fact) {
        io.millrace.internal.v1.ClusterDelta.Builder delta = io.millrace.internal.v1.ClusterDelta.newBuilder();
        delta.addChangesBuilder().setPut(fact);

        assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> Deltas.decode(delta.build()));
    }

    @Test
    void aChangeOrAkeyOfNoKindIsMalformed() {
        io.millrace.internal.v1.ClusterDelta.Builder change = io.millrace.internal.v1.ClusterDelta.newBuilder();
        change.addChangesBuilder();
        io.millrace.internal.v1.ClusterDelta.Builder key = io.millrace.internal.v1.ClusterDelta.newBuilder();
        key.addChangesBuilder().getRemovedBuilder();

        assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> Deltas.decode(change.build()));
        assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> Deltas.decode(key.build()));
    }

    @Test
    void aTopicOfAnAnswerStaysItself() throws Exception {
        TopicImage topic = imageOf(DELTA).topic("orders").orElseThrow();

        assertThat(TopicChanges.decode(TopicChanges.encode(topic))).isEqualTo(topic);
    }

    @Test
    void aTopicOfAnAnswerHasNoGapsAndNoStrangers() {
        TopicImage topic = imageOf(DELTA).topic("orders").orElseThrow();
        var gap = TopicChanges.encode(topic).toBuilder().removePartitions(0);
        var stranger = TopicChanges.encode(topic).toBuilder();
        stranger.getPartitionsBuilder(1).setTopicId(Ids.encode(GONE));

        assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> TopicChanges.decode(gap.build()));
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> TopicChanges.decode(stranger.build()));
    }

    private static MetadataRecord.Builder encoded(int change) {
        return Deltas.encode(DELTA).getChanges(change).getPut().toBuilder();
    }

    private static MetadataChange put(io.millrace.core.metadata.MetadataRecord fact) {
        return new MetadataChange.Put(fact);
    }

    private static ClusterImage imageOf(ClusterDelta delta) {
        ClusterImage nothing = ClusterImage.empty("cluster");
        return new ClusterImage(
                        "cluster",
                        delta.version() - 1,
                        1,
                        nothing.brokers(),
                        nothing.topics(),
                        nothing.deletedTopics(),
                        nothing.nextProducerId(),
                        nothing.quotas(),
                        nothing.assembly())
                .apply(delta);
    }

    private static Optional<ClusterImage> assembled(List<ClusterSnapshotPiece> pieces)
            throws MalformedMessageException, InvalidProtocolBufferException {
        SnapshotAssembly assembly = new SnapshotAssembly();
        for (ClusterSnapshotPiece piece : pieces.subList(0, pieces.size() - 1)) {
            assertThat(assembly.add(ClusterSnapshotPiece.parseFrom(piece.toByteArray())))
                    .isEmpty();
        }
        return assembly.add(pieces.getLast());
    }
}
