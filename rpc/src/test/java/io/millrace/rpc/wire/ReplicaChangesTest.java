package io.millrace.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.core.api.AlterPartitionsRequest;
import io.millrace.core.api.ElectLeadersRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.PartitionStatus;
import io.millrace.core.api.ReassignPartitionsRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaStatus;
import io.millrace.core.api.WithdrawReplicasRequest;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import io.millrace.internal.v1.PartitionsResponse;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplicaChangesTest {
    private static final TopicId ORDERS = new TopicId(new UUID(1, 2));
    private static final TopicPartition ORDERS_7 = new TopicPartition("orders", 7);

    private static final AlterPartitionsRequest ALTER = new AlterPartitionsRequest(
            3,
            1L << 40,
            List.of(
                    new AlterPartitionsRequest.Part(
                            ORDERS,
                            7,
                            4,
                            5,
                            List.of(
                                    new AlterPartitionsRequest.Member(3, 1L << 40),
                                    new AlterPartitionsRequest.Member(1, 9)),
                            1L << 41),
                    new AlterPartitionsRequest.Part(ORDERS, 8, 0, 0, List.of(), 0)));

    private static final ReassignPartitionsRequest REASSIGN = new ReassignPartitionsRequest(
            List.of(
                    new ReassignPartitionsRequest.Part(ORDERS_7, Optional.of(List.of(3, 1))),
                    new ReassignPartitionsRequest.Part(ORDERS_7, Optional.of(List.of())),
                    new ReassignPartitionsRequest.Part(new TopicPartition("a/b", 0), Optional.empty())),
            Reassignment.UNLIMITED);

    @Test
    void aWishForInSyncSetsStaysItself() throws Exception {
        assertThat(ReplicaChanges.decode(ReplicaChanges.encode(ALTER))).isEqualTo(ALTER);
    }

    @ParameterizedTest
    @EnumSource
    void aWithdrawalStaysItself(WithdrawReplicasRequest.Reason reason) throws Exception {
        WithdrawReplicasRequest request = new WithdrawReplicasRequest(
                2,
                1L << 40,
                reason,
                List.of(new WithdrawReplicasRequest.Part(ORDERS, 7), new WithdrawReplicasRequest.Part(ORDERS, 1)));

        assertThat(ReplicaChanges.decode(ReplicaChanges.encode(request))).isEqualTo(request);
    }

    @Test
    void aReassignmentStaysItselfAndSoDoesItsCancellation() throws Exception {
        assertThat(ReplicaChanges.decode(ReplicaChanges.encode(REASSIGN))).isEqualTo(REASSIGN);
    }

    @ParameterizedTest
    @EnumSource
    void anElectionStaysItself(ElectLeadersRequest.Kind kind) throws Exception {
        ElectLeadersRequest some = new ElectLeadersRequest(kind, List.of(ORDERS_7, new TopicPartition("", 0)));
        ElectLeadersRequest all = new ElectLeadersRequest(kind, List.of());

        assertThat(ReplicaChanges.decode(ReplicaChanges.encode(some))).isEqualTo(some);
        assertThat(ReplicaChanges.decode(ReplicaChanges.encode(all))).isEqualTo(all);
    }

    @Test
    void outcomesStayThemselvesPartByPart() throws Exception {
        List<Outcome<PartitionChanged>> outcomes = List.of(
                Outcome.done(new PartitionChanged(
                        ORDERS_7,
                        new PartitionImage(
                                ORDERS,
                                7,
                                List.of(1, 2, 3),
                                List.of(1),
                                List.of(2),
                                1,
                                4,
                                5,
                                99,
                                new Reassignment(List.of(3), List.of(), 1_000)))),
                Outcome.refused(new Refusal.IneligibleReplica("Broker 2 is fenced.")),
                Outcome.refused(new Refusal.ElectionNotNeeded("Broker 1 leads already.")));

        assertThat(PartitionChanges.decode(PartitionChanges.encode(outcomes))).isEqualTo(outcomes);
    }

    @Test
    void whatReasonsAndKindsDoNotSayIsMalformed() {
        assertMalformed(() -> ReplicaChanges.decode(
                io.millrace.internal.v1.WithdrawReplicasRequest.newBuilder().build()));
        assertMalformed(() -> ReplicaChanges.decode(io.millrace.internal.v1.WithdrawReplicasRequest.newBuilder()
                .setReasonValue(99)
                .build()));
        assertMalformed(() -> ReplicaChanges.decode(
                io.millrace.internal.v1.ElectLeadersRequest.newBuilder().build()));
        assertMalformed(() -> ReplicaChanges.decode(io.millrace.internal.v1.ElectLeadersRequest.newBuilder()
                .setKindValue(99)
                .build()));
    }

    @Test
    void partsWithoutATopicAreMalformed() {
        var alter = io.millrace.internal.v1.AlterPartitionsRequest.newBuilder();
        alter.addPartsBuilder();
        var withdraw = io.millrace.internal.v1.WithdrawReplicasRequest.newBuilder()
                .setReason(io.millrace.internal.v1.WithdrawReplicasRequest.Reason.REASON_DAMAGED);
        withdraw.addPartsBuilder();

        assertMalformed(() -> ReplicaChanges.decode(alter.build()));
        assertMalformed(() -> ReplicaChanges.decode(withdraw.build()));
    }

    @Test
    void endlessListsAreMalformed() {
        var alter = ReplicaChanges.encode(ALTER).toBuilder();
        var member = alter.getPartsBuilder(0).getInSync(0);
        alter.getPartsBuilder(0).addAllInSync(Collections.nCopies(ReplicaChanges.REPLICAS_MAX, member));
        var reassign = ReplicaChanges.encode(REASSIGN).toBuilder();
        reassign.addAllParts(Collections.nCopies(ReplicaChanges.PARTS_MAX, reassign.getParts(0)));

        assertMalformed(() -> ReplicaChanges.decode(alter.build()));
        assertMalformed(() -> ReplicaChanges.decode(reassign.build()));
    }

    @Test
    void anAnswerOfWhichAPartIsEmptyIsMalformed() {
        var answer = PartitionsResponse.Changes.newBuilder();
        answer.addPartsBuilder();

        assertMalformed(() -> PartitionChanges.decode(answer.build()));
    }

    @Test
    void theStateOfAPartitionTellsOfItsReplicas() throws Exception {
        List<Outcome<PartitionStatus>> outcomes = List.of(Outcome.done(new PartitionStatus(
                1,
                2,
                2,
                5,
                600,
                List.of(new ReplicaStatus(1, 5, 4, true, 0), new ReplicaStatus(2, -1, -1, false, -1)))));

        assertThat(PartitionMessages.decode(PartitionMessages.encode(outcomes))).isEqualTo(outcomes);
    }

    private static void assertMalformed(ThrowingCallable decoding) {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(decoding)
                .satisfies(e -> assertThat(e.problem()).endsWith("."));
    }
}
