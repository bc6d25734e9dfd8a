package io.millrace.controller.control;

import static io.millrace.controller.control.ControlWorld.done;
import static io.millrace.controller.control.Replicas.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AlterPartitionsRequest;
import io.millrace.core.api.AlterPartitionsRequest.Member;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.model.TopicId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How in-sync sets change as leaders wish. */
class InSyncSetTest {
    private final ControlWorld world = new ControlWorld();
    private final Replicas replicas = new Replicas(world);

    @BeforeEach
    void aTopicOfThreeReplicas() {
        replicas.start(1, 2, 3);
        world.createTopic(Replicas.TOPIC, 2, 3);
    }

    @Test
    void aFollowerThatLagsIsTakenOutAndTakenInAgain() {
        PartitionImage before = replicas.partition();
        int lags = before.replicas().get(2);

        PartitionChanged without =
                done(replicas.alter(10, before.leader(), before.replicas().get(1)));
        PartitionChanged with =
                done(replicas.alter(25, before.leader(), before.replicas().get(1), lags));

        assertThat(without.partition().inSyncReplicas()).doesNotContain(lags).hasSize(2);
        assertThat(without.partition().committedFloor()).isEqualTo(10);
        assertThat(with.partition().inSyncReplicas()).contains(lags).hasSize(3);
        assertThat(with.partition().committedFloor()).isEqualTo(25);
        assertThat(with.partition().partitionEpoch()).isEqualTo(before.partitionEpoch() + 2);
        assertThat(with.partition().leaderEpoch()).isEqualTo(before.leaderEpoch());
        assertThat(replicas.partition()).isEqualTo(with.partition());
    }

    @Test
    void aWishThatIsFulfilledAlreadyChangesNothing() {
        long version = world.image().version();

        PartitionChanged same = done(replicas.alter(99, 3, 2, 1));

        assertThat(same.partition()).isEqualTo(replicas.partition());
        assertThat(same.partition().committedFloor()).isZero();
        assertThat(world.image().version()).isEqualTo(version);
    }

    @Test
    void whoIsNotTheLeaderIsToldSo() {
        PartitionImage now = replicas.partition();
        int follower = now.replicas().get(1);

        assertThat(refusalOf(ask(follower, replicas.wish(now, 0, follower)))).isInstanceOf(Refusal.NotLeader.class);
    }

    @Test
    void aWishOfAnEarlierLeadOrBasedOnAnEarlierRecordIsStale() {
        PartitionImage now = replicas.partition();
        AlterPartitionsRequest.Part wish = replicas.wish(now, 0, now.leader());
        done(replicas.alter(0, now.leader(), now.replicas().get(1)));

        Refusal basedOnEarlier = refusalOf(ask(now.leader(), wish));
        Refusal otherEpoch = refusalOf(ask(
                now.leader(),
                new AlterPartitionsRequest.Part(
                        now.topicId(), 0, now.leaderEpoch() + 1, now.partitionEpoch() + 1, wish.inSync(), 0)));

        assertThat(basedOnEarlier).isInstanceOf(Refusal.StaleEpoch.class);
        assertThat(otherEpoch).isInstanceOf(Refusal.StaleEpoch.class);
    }

    @Test
    void anEarlierStartOfTheLeaderIsStaleAndAFencedOneLeadsNothing() {
        PartitionImage now = replicas.partition();
        AlterPartitionsRequest.Part wish = replicas.wish(now, 0, now.leader());

        Refusal stale = refusalOf(Replicas.only(
                world.await(world.node().alterPartitions(new AlterPartitionsRequest(now.leader(), 0, List.of(wish))))));
        replicas.stop(now.leader());
        Refusal fenced = refusalOf(ask(now.leader(), wish));

        assertThat(stale).isInstanceOf(Refusal.StaleEpoch.class);
        assertThat(fenced).isInstanceOf(Refusal.IneligibleReplica.class);
    }

    @Test
    void aReplicaThatIsFencedOrStartedAnewDoesNotJoin() {
        PartitionImage now = replicas.partition();
        int follower = now.replicas().get(1);
        Member caughtUp = new Member(follower, replicas.broker(follower).brokerEpoch());
        replicas.stop(follower);

        Refusal fenced = refusalOf(join(caughtUp));
        replicas.restart(follower);
        replicas.resume(follower);
        Refusal anotherStart = refusalOf(join(caughtUp));
        Outcome<PartitionChanged> thisStart =
                join(new Member(follower, replicas.broker(follower).brokerEpoch()));

        assertThat(fenced).isInstanceOf(Refusal.IneligibleReplica.class);
        assertThat(anotherStart).isInstanceOf(Refusal.IneligibleReplica.class);
        assertThat(anotherStart.message()).contains("epoch " + caughtUp.brokerEpoch());
        assertThat(done(thisStart).partition().inSyncReplicas()).contains(follower);
    }

    @Test
    void setsThatMakeNoSenseAreRefused() {
        PartitionImage now = replicas.partition();
        int follower = now.replicas().get(1);

        assertThat(refusalOf(replicas.alter(0, follower)))
                .as("without its leader")
                .isInstanceOf(Refusal.InvalidRequest.class);
        assertThat(refusalOf(replicas.alter(0))).as("nobody").isInstanceOf(Refusal.InvalidRequest.class);
        assertThat(refusalOf(replicas.alter(0, now.leader(), follower, follower)))
                .as("twice")
                .isInstanceOf(Refusal.InvalidRequest.class);
        assertThat(refusalOf(replicas.alter(-1, now.leader())))
                .as("high watermark")
                .isInstanceOf(Refusal.InvalidRequest.class);
        replicas.start(4);
        assertThat(refusalOf(replicas.alter(0, now.leader(), 4)))
                .as("no replica")
                .isInstanceOf(Refusal.InvalidRequest.class);
        assertThat(replicas.partition()).isEqualTo(now);
    }

    @Test
    void aPartThatIsRefusedDoesNotHoldTheOthersUp() {
        PartitionImage zero = world.partition(Replicas.TOPIC, 0);
        int leader = zero.leader();
        TopicId nowhere = new TopicId(new UUID(9, 9));

        List<Outcome<PartitionChanged>> outcomes = done(world.await(world.node()
                .alterPartitions(new AlterPartitionsRequest(
                        leader,
                        replicas.broker(leader).brokerEpoch(),
                        List.of(
                                new AlterPartitionsRequest.Part(nowhere, 0, 0, 0, List.of(), 0),
                                new AlterPartitionsRequest.Part(zero.topicId(), 7, 0, 0, List.of(), 0),
                                replicas.wish(zero, 5, leader),
                                replicas.wish(zero, 5, leader))))));

        assertThat(outcomes).hasSize(4);
        assertThat(refusalOf(outcomes.get(0))).isInstanceOf(Refusal.UnknownTopic.class);
        assertThat(refusalOf(outcomes.get(1))).isInstanceOf(Refusal.UnknownPartition.class);
        assertThat(done(outcomes.get(2)).partition()).isEqualTo(replicas.partition());
        assertThat(refusalOf(outcomes.get(3)))
                .as("the second wish sees what the first has made")
                .isInstanceOf(Refusal.StaleEpoch.class);
        assertThat(replicas.partition().inSyncReplicas()).containsExactly(leader);
        assertThat(replicas.partition().eligibleReplicas()).hasSize(2);
    }

    private Outcome<PartitionChanged> join(Member member) {
        PartitionImage now = replicas.partition();
        AlterPartitionsRequest.Part wish =
                replicas.wish(now, 0, now.inSyncReplicas().toArray(Integer[]::new));
        List<Member> members = new ArrayList<>(wish.inSync());
        members.add(member);
        return ask(
                now.leader(),
                new AlterPartitionsRequest.Part(now.topicId(), 0, now.leaderEpoch(), now.partitionEpoch(), members, 0));
    }

    private Outcome<PartitionChanged> ask(int sender, AlterPartitionsRequest.Part wish) {
        return Replicas.only(world.await(world.node()
                .alterPartitions(new AlterPartitionsRequest(
                        sender, replicas.broker(sender).brokerEpoch(), List.of(wish)))));
    }
}
