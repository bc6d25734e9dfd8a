package io.millrace.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicPartition;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalsTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 3);

    /** One of each, no two facts alike, so that a mix-up shows. */
    static final List<Refusal> EXAMPLES = List.of(
            new Refusal.UnknownTopic("or/ders"),
            new Refusal.UnknownPartition(PARTITION, 2),
            new Refusal.UnknownBroker(7),
            new Refusal.TopicExists("orders", "Broker 1 still has it."),
            new Refusal.InvalidTopicName("a b", "No spaces."),
            new Refusal.InvalidPartitionCount("Too many partitions."),
            new Refusal.InvalidReplicationFactor("Too many replicas."),
            new Refusal.InvalidReplicaAssignment("Broker 9 is not there."),
            new Refusal.InvalidConfig("retention.ms", "Not a number."),
            new Refusal.InvalidRequest("Senseless."),
            new Refusal.Unsupported("Not yet."),
            new Refusal.TooLarge(1L << 40, 1024, "Too large."),
            new Refusal.CorruptBatch("Wrong CRC."),
            new Refusal.InvalidBatch("Wrong count."),
            new Refusal.OutOfOrderSequence("7 behind 5."),
            new Refusal.DuplicateSequence("5 is there."),
            new Refusal.InvalidProducerEpoch("Epoch 2 is over."),
            new Refusal.UnsupportedCompression("Codec 9."),
            new Refusal.OffsetOutOfRange(PARTITION, 1L << 41, 17, 1L << 40),
            new Refusal.LeaderNotAvailable(PARTITION, "Broker 1 cannot be reached."),
            new Refusal.NotLeader(PARTITION),
            new Refusal.StaleEpoch("Epoch 3 is over."),
            new Refusal.NotEnoughReplicas(PARTITION, 1, 2),
            new Refusal.IneligibleReplica("fenced"),
            new Refusal.ElectionNotNeeded("leads"),
            new Refusal.NoEligibleLeader("none lives"),
            new Refusal.NoReassignmentInProgress("rests"),
            new Refusal.StorageFailed("Disk broken."),
            new Refusal.TimedOut("30 s are over."),
            new Refusal.Overloaded("Busy.", 250),
            new Refusal.ControllerNotAvailable("Nobody decides."),
            new Refusal.BrokerIdInUse(3, "Broker 3 was heard lately."),
            new Refusal.RegistrationRefused("Another cluster."),
            new Refusal.ShuttingDown("Stopping."));

    @Test
    void thereIsAnExampleOfEveryRefusal() {
        assertThat(EXAMPLES.stream().<Class<?>>map(Refusal::getClass))
                .containsExactlyInAnyOrder(Refusal.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @FieldSource("EXAMPLES")
    void aRefusalKeepsItsFactsOnItsWay(Refusal refusal) throws InvalidProtocolBufferException {
        byte[] sent = Refusals.encode(refusal).toByteArray();

        assertThat(Refusals.decode(io.millrace.internal.v1.Refusal.parseFrom(sent)))
                .isEqualTo(refusal);
    }

    @Test
    void everyReasonOfTheContractIsOneOfOurs() {
        assertThat(io.millrace.internal.v1.Refusal.getDescriptor()
                        .getOneofs()
                        .getFirst()
                        .getFieldCount())
                .isEqualTo(Refusal.class.getPermittedSubclasses().length);
    }

    @Test
    void aReasonOfAnewerVersionIsAclearRefusal() {
        io.millrace.internal.v1.Refusal newer = io.millrace.internal.v1.Refusal.newBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                500,
                                UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build())
                .build();

        assertThat(Refusals.decode(newer))
                .isEqualTo(new Refusal.Unsupported("The other process refused this for a reason that could not be"
                        + " read: It gave none that this version knows."));
    }

    static Stream<io.millrace.internal.v1.Refusal> reasonsWithImpossibleFacts() {
        io.millrace.internal.v1.TopicPartition impossible = io.millrace.internal.v1.TopicPartition.newBuilder()
                .setTopic("orders")
                .setPartition(-1)
                .build();
        return EXAMPLES.stream()
                .map(Refusals::encode)
                .map(io.millrace.internal.v1.Refusal::toBuilder)
                .flatMap(refusal -> switch (refusal.getReasonCase()) {
                    case UNKNOWN_PARTITION -> {
                        refusal.getUnknownPartitionBuilder().setPartition(impossible);
                        yield Stream.of(refusal.build());
                    }
                    case OFFSET_OUT_OF_RANGE -> {
                        refusal.getOffsetOutOfRangeBuilder().setPartition(impossible);
                        yield Stream.of(refusal.build());
                    }
                    case LEADER_NOT_AVAILABLE -> {
                        refusal.getLeaderNotAvailableBuilder().setPartition(impossible);
                        yield Stream.of(refusal.build());
                    }
                    case NOT_LEADER -> {
                        refusal.getNotLeaderBuilder().setPartition(impossible);
                        yield Stream.of(refusal.build());
                    }
                    case NOT_ENOUGH_REPLICAS -> {
                        refusal.getNotEnoughReplicasBuilder().setPartition(impossible);
                        yield Stream.of(refusal.build());
                    }
                    case OVERLOADED -> {
                        refusal.getOverloadedBuilder().setRetryAfterMillis(-1);
                        yield Stream.of(refusal.build());
                    }
                    default -> Stream.empty();
                });
    }

    @ParameterizedTest
    @MethodSource("reasonsWithImpossibleFacts")
    void aReasonWithImpossibleFactsIsAclearRefusal(io.millrace.internal.v1.Refusal refusal) {
        assertThat(Refusals.decode(refusal)).isInstanceOf(Refusal.Unsupported.class);
    }
}
