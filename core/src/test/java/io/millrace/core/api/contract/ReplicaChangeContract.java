package io.millrace.core.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AlterPartitionsRequest;
import io.millrace.core.api.AlterPartitionsRequest.Member;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.ElectLeadersRequest;
import io.millrace.core.api.ElectLeadersRequest.Kind;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.ReassignPartitionsRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.WithdrawReplicasRequest;
import io.millrace.core.api.WithdrawReplicasRequest.Reason;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every controller makes of wishes about replicas, in a cluster of one broker that leads the two partitions of a topic. */
public abstract class ReplicaChangeContract extends ControllerApiQuestions {
    private static final TopicPartition ZERO = new TopicPartition("orders", 0);
    private static final TopicPartition MISSING = new TopicPartition("orders", 2);
    private static final TopicPartition NOWHERE = new TopicPartition("nowhere", 0);

    private BrokerRegistered broker = new BrokerRegistered("not registered yet", -1);
    private TopicId topicId = new TopicId(new UUID(0, 0));

    @Test
    void aWishThatIsFulfilledAlreadyChangesNothing() throws Exception {
        startTopic();
        PartitionChanged changed = only(alter(wish(0, List.of(member()))));

        assertThat(changed.name()).isEqualTo(ZERO);
        assertThat(changed.partition()).isEqualTo(partition());
    }

    @Test
    void everyPartOfAWishHasAnOutcomeInItsPlace() throws Exception {
        startTopic();
        TopicId unknown = new TopicId(new UUID(9, 9));

        List<Outcome<PartitionChanged>> outcomes = done(alter(
                new AlterPartitionsRequest.Part(unknown, 0, 0, 0, List.of(member()), 0),
                new AlterPartitionsRequest.Part(topicId, 2, 0, 0, List.of(member()), 0),
                wish(1, List.of(member())),
                wish(0, List.of(member())),
                wish(0, List.of()),
                wish(0, List.of(member(), new Member(7, 1))),
                wish(0, List.of(member(), member()))));

        assertThat(outcomes).hasSize(7);
        assertThat(refusal(outcomes.get(0))).isEqualTo(new Refusal.UnknownTopic(unknown.toString()));
        assertThat(refusal(outcomes.get(1))).isEqualTo(new Refusal.UnknownPartition(MISSING, 2));
        assertThat(refusal(outcomes.get(2))).as("based on another record").isInstanceOf(Refusal.StaleEpoch.class);
        assertThat(outcomes.get(3)).isInstanceOf(Outcome.Done.class);
        for (Outcome<PartitionChanged> impossible : outcomes.subList(4, 7)) {
            assertThat(refusal(impossible)).isInstanceOf(Refusal.InvalidRequest.class);
        }
    }

    @Test
    void whoIsNotRegisteredOrWasEarlierChangesNothing() throws Exception {
        startTopic();
        AlterPartitionsRequest.Part part = wish(0, List.of(member()));

        assertThat(refusal(controller().alterPartitions(new AlterPartitionsRequest(7, 1, List.of(part)))))
                .isEqualTo(new Refusal.UnknownBroker(7));
        assertThat(refusal(controller()
                        .alterPartitions(new AlterPartitionsRequest(BROKER, broker.brokerEpoch() - 1, List.of(part)))))
                .isInstanceOf(Refusal.StaleEpoch.class);
        assertThat(refusal(controller()
                        .withdrawReplicas(new WithdrawReplicasRequest(
                                BROKER, broker.brokerEpoch() - 1, Reason.AMNESIA, List.of()))))
                .isInstanceOf(Refusal.StaleEpoch.class);
    }

    @Test
    void aFencedBrokerLeadsNothing() throws Exception {
        startTopic();
        AlterPartitionsRequest.Part part = wish(0, List.of(member()));
        done(heartbeat(broker, versionWith(broker), true));

        assertThat(refusal(alter(part))).isInstanceOf(Refusal.IneligibleReplica.class);
    }

    @Test
    void aReplicaWithoutItsRecordsIsOutEvenIfNobodyIsLeft() throws Exception {
        startTopic();
        PartitionImage before = partition();

        PartitionImage after = only(withdraw(Reason.AMNESIA, ZERO)).partition();

        assertThat(after.leader()).isEqualTo(PartitionImage.NO_LEADER);
        assertThat(after.leaderEpoch()).isEqualTo(before.leaderEpoch() + 1);
        assertThat(after.partitionEpoch()).isEqualTo(before.partitionEpoch() + 1);
        assertThat(after.inSyncReplicas()).isEmpty();
        assertThat(after.eligibleReplicas()).isEmpty();
        awaitUntil("the withdrawal in the picture", () -> partition().equals(after));
    }

    @ParameterizedTest
    @EnumSource(names = {"DAMAGED", "STORAGE_FAILED"})
    void aDamagedReplicaStaysWhenNobodyElseCanLead(Reason reason) throws Exception {
        startTopic();
        PartitionImage before = partition();

        assertThat(only(withdraw(reason, ZERO)).partition()).isEqualTo(before);
    }

    @Test
    void withdrawalsHaveTheirOutcomesInTheirPlaces() throws Exception {
        startTopic();
        List<Outcome<PartitionChanged>> outcomes = done(withdraw(Reason.DAMAGED, MISSING, ZERO));

        assertThat(refusal(outcomes.get(0))).isEqualTo(new Refusal.UnknownPartition(MISSING, 2));
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aReassignmentToWhereThePartitionIsChangesNothing() throws Exception {
        startTopic();
        PartitionImage before = partition();

        assertThat(only(reassign(part(ZERO, List.of(BROKER)))).partition()).isEqualTo(before);
    }

    @Test
    void impossibleReassignmentsAreRefusedOneByOne() throws Exception {
        startTopic();
        List<Outcome<PartitionChanged>> outcomes = done(reassign(
                part(ZERO, List.of()),
                part(ZERO, List.of(7)),
                part(ZERO, List.of(BROKER, BROKER)),
                part(MISSING, List.of(BROKER)),
                part(NOWHERE, List.of(BROKER)),
                new ReassignPartitionsRequest.Part(ZERO, Optional.empty())));

        assertThat(outcomes).hasSize(6);
        for (Outcome<PartitionChanged> impossible : outcomes.subList(0, 3)) {
            assertThat(refusal(impossible)).isInstanceOf(Refusal.InvalidReplicaAssignment.class);
        }
        assertThat(refusal(outcomes.get(3))).isEqualTo(new Refusal.UnknownPartition(MISSING, 2));
        assertThat(refusal(outcomes.get(4))).isEqualTo(new Refusal.UnknownTopic("nowhere"));
        assertThat(refusal(outcomes.get(5))).isInstanceOf(Refusal.NoReassignmentInProgress.class);
    }

    @Test
    void aReassignmentThatMayTakeInNothingIsRefused() throws Exception {
        startTopic();
        assertThat(refusal(controller()
                        .reassignPartitions(new ReassignPartitionsRequest(List.of(part(ZERO, List.of(BROKER))), 0))))
                .isInstanceOf(Refusal.InvalidRequest.class);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void anElectionThatWouldChangeNothingIsNotHeld(Kind kind) throws Exception {
        startTopic();
        List<Outcome<PartitionChanged>> outcomes = done(elect(kind, ZERO, MISSING, NOWHERE));

        assertThat(outcomes).hasSize(3);
        assertThat(refusal(outcomes.get(0))).isInstanceOf(Refusal.ElectionNotNeeded.class);
        assertThat(refusal(outcomes.get(1))).isEqualTo(new Refusal.UnknownPartition(MISSING, 2));
        assertThat(refusal(outcomes.get(2))).isEqualTo(new Refusal.UnknownTopic("nowhere"));
        assertThat(done(elect(kind))).as("for nobody it makes a difference").isEmpty();
    }

    @Test
    void aPartitionThatNobodyHoldsIsLedByCommandOnly() throws Exception {
        startTopic();
        PartitionImage lost = only(withdraw(Reason.AMNESIA, ZERO)).partition();
        Refusal preferred = refusal(done(elect(Kind.PREFERRED, ZERO)).getFirst());

        List<Outcome<PartitionChanged>> outcomes = done(elect(Kind.UNCLEAN));

        assertThat(preferred).isInstanceOf(Refusal.NoEligibleLeader.class);
        assertThat(outcomes).hasSize(1);
        PartitionChanged changed = done(CompletableFuture.completedFuture(outcomes.getFirst()));
        assertThat(changed.name()).isEqualTo(ZERO);
        assertThat(changed.partition().leader()).isEqualTo(BROKER);
        assertThat(changed.partition().leaderEpoch()).isEqualTo(lost.leaderEpoch() + 1);
        assertThat(changed.partition().inSyncReplicas()).containsExactly(BROKER);
        awaitUntil("the election in the picture", () -> partition().equals(changed.partition()));
    }

    @Test
    void nobodyIsElectedWhoIsNotAlive() throws Exception {
        startTopic();
        done(heartbeat(broker, versionWith(broker), true));
        awaitLeader("orders", PartitionImage.NO_LEADER);

        for (Kind kind : Kind.values()) {
            assertThat(refusal(done(elect(kind, ZERO)).getFirst())).isInstanceOf(Refusal.NoEligibleLeader.class);
        }
    }

    private void startTopic() throws Exception {
        broker = startBroker();
        topicId = done(controller().createTopic(topic("orders", 2))).topicId();
        awaitLeader("orders", BROKER);
    }

    private Member member() {
        return new Member(BROKER, broker.brokerEpoch());
    }

    /** A wish for partition 0, based on that many records before the present one. */
    private AlterPartitionsRequest.Part wish(int recordsBefore, List<Member> inSync) {
        PartitionImage now = partition();
        return new AlterPartitionsRequest.Part(
                topicId, 0, now.leaderEpoch(), now.partitionEpoch() - recordsBefore, inSync, 0);
    }

    private PartitionImage partition() {
        return controller().image().partition(ZERO).orElseThrow();
    }

    private CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> alter(AlterPartitionsRequest.Part... parts) {
        return controller().alterPartitions(new AlterPartitionsRequest(BROKER, broker.brokerEpoch(), List.of(parts)));
    }

    private CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> withdraw(
            Reason reason, TopicPartition... partitions) {
        return controller()
                .withdrawReplicas(new WithdrawReplicasRequest(
                        BROKER,
                        broker.brokerEpoch(),
                        reason,
                        List.of(partitions).stream()
                                .map(one -> new WithdrawReplicasRequest.Part(topicId, one.partition()))
                                .toList()));
    }

    private CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> reassign(
            ReassignPartitionsRequest.Part... parts) {
        return controller().reassignPartitions(new ReassignPartitionsRequest(List.of(parts), Reassignment.UNLIMITED));
    }

    private CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> elect(Kind kind, TopicPartition... partitions) {
        return controller().electLeaders(new ElectLeadersRequest(kind, List.of(partitions)));
    }

    private static ReassignPartitionsRequest.Part part(TopicPartition partition, List<Integer> target) {
        return new ReassignPartitionsRequest.Part(partition, Optional.of(target));
    }

    private PartitionChanged only(CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> answer) throws Exception {
        List<Outcome<PartitionChanged>> outcomes = done(answer);
        assertThat(outcomes).hasSize(1);
        return done(CompletableFuture.completedFuture(outcomes.getFirst()));
    }

    private Refusal refusal(Outcome<PartitionChanged> outcome) throws Exception {
        return refusal(CompletableFuture.completedFuture(outcome));
    }
}
