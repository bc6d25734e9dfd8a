package io.millrace.controller.control;

import static io.millrace.controller.control.ControlWorld.done;
import static io.millrace.controller.control.Replicas.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.WithdrawReplicasRequest;
import io.millrace.core.api.WithdrawReplicasRequest.Reason;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.PartitionImage;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a partition whose replicas confess that they are not what the picture says. */
class WithdrawalTest {
    private static final UUID DISK_A = new UUID(8, 1);
    private static final UUID DISK_B = new UUID(8, 2);

    private final ControlWorld world = new ControlWorld();
    private final Replicas replicas = new Replicas(world);
    private int leader;
    private int second;
    private int third;

    @BeforeEach
    void aTopicOfThreeReplicas() {
        replicas.start(1, 2, 3);
        world.createTopic(Replicas.TOPIC, 1, 3);
        leader = replicas.partition().replicas().get(0);
        second = replicas.partition().replicas().get(1);
        third = replicas.partition().replicas().get(2);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void aReplicaThatIsWithdrawnMakesWayForTheNext(Reason reason) {
        PartitionChanged changed = done(replicas.withdraw(leader, reason));

        assertThat(changed.partition().leader()).isEqualTo(second);
        assertThat(changed.partition().inSyncReplicas()).containsExactly(second, third);
        assertThat(changed.partition().eligibleReplicas()).isEmpty();
        assertThat(changed.partition()).isEqualTo(replicas.partition());
    }

    @Test
    void aReplicaWithoutItsRecordsIsNotEligibleHoweverFewAreLeft() {
        done(replicas.alter(10, leader, second));
        done(replicas.withdraw(second, Reason.AMNESIA));

        assertThat(replicas.partition().inSyncReplicas()).containsExactly(leader);
        assertThat(replicas.partition().eligibleReplicas()).isEmpty();
    }

    @Test
    void theLastReplicaThatLostItsRecordsLeavesNobodyWhoHoldsThem() {
        onlyLeaderHoldsEverything();

        PartitionImage after = done(replicas.withdraw(leader, Reason.AMNESIA)).partition();

        assertThat(after.leader()).isEqualTo(PartitionImage.NO_LEADER);
        assertThat(after.inSyncReplicas()).isEmpty();
        assertThat(after.eligibleReplicas()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"DAMAGED", "STORAGE_FAILED"})
    void theLastReplicaThatIsDamagedStaysWhatItIs(Reason reason) {
        onlyLeaderHoldsEverything();
        PartitionImage before = replicas.partition();

        PartitionChanged changed = done(replicas.withdraw(leader, reason));

        assertThat(changed.partition()).isEqualTo(before);
        assertThat(replicas.partition()).isEqualTo(before);
    }

    @Test
    void aDamagedReplicaMakesWayForAnEligibleOne() {
        done(replicas.alter(10, leader));
        int other = replicas.partition().eligibleReplicas().getFirst();

        PartitionImage after = done(replicas.withdraw(leader, Reason.DAMAGED)).partition();

        assertThat(after.leader()).isEqualTo(other);
        assertThat(after.inSyncReplicas()).containsExactly(other);
        assertThat(after.eligibleReplicas()).hasSize(1).doesNotContain(leader, other);
        assertThat(after.committedFloor()).isEqualTo(10);
    }

    /** Its leader may have asked for it on the ground of what the log was before. */
    @Test
    void whatWasAskedForBeforeAReplicaToldOfDamageComesTooLate() {
        done(replicas.alter(10, leader, second));
        PartitionImage before = replicas.partition();

        PartitionImage after = done(replicas.withdraw(third, Reason.DAMAGED)).partition();

        assertThat(after.partitionEpoch()).isEqualTo(before.partitionEpoch() + 1);
        assertThat(after.leaderEpoch()).isEqualTo(before.leaderEpoch());
        assertThat(after.inSyncReplicas()).containsExactly(leader, second);
        assertThat(after.eligibleReplicas()).isEqualTo(before.eligibleReplicas());
        assertThat(replicas.partition()).isEqualTo(after);
    }

    @Test
    void aBrokerThatStartsConfessesBeforeItMayLead() {
        world.stopBroker(second, replicas.broker(second));
        world.stopBroker(third, replicas.broker(third));
        world.stopBroker(leader, replicas.broker(leader));
        replicas.restart(leader);
        assertThat(replicas.partition().inSyncReplicas()).as("it was the last").containsExactly(leader);

        done(replicas.withdraw(leader, Reason.AMNESIA));
        replicas.resume(leader);
        int leaderOfAmnesiacs = replicas.partition().leader();
        replicas.resume(third);

        assertThat(leaderOfAmnesiacs).isEqualTo(PartitionImage.NO_LEADER);
        assertThat(replicas.partition().leader())
                .as("it was eligible when it stopped")
                .isEqualTo(third);
    }

    @Test
    void anEarlierStartWithdrawsNothing() {
        long earlier = replicas.broker(leader).brokerEpoch();
        replicas.stop(leader);
        replicas.restart(leader);

        Refusal stale = refusalOf(Replicas.only(world.await(world.node()
                .withdrawReplicas(new WithdrawReplicasRequest(leader, earlier, Reason.AMNESIA, List.of())))));

        assertThat(stale).isInstanceOf(Refusal.StaleEpoch.class);
    }

    @Test
    void whoHoldsNothingHasNothingToWithdraw() {
        replicas.start(4);
        PartitionImage before = replicas.partition();

        assertThat(done(replicas.withdraw(4, Reason.AMNESIA)).partition()).isEqualTo(before);
    }

    @Test
    void aBrokerThatComesBackWithoutADirectoryCountsAsEmpty() {
        onlyLeaderHoldsEverything();
        listDirectories(leader, List.of(DISK_A, DISK_B));
        replicas.resume(leader);
        List<Integer> knownBefore = replicas.partition().inSyncReplicas();

        listDirectories(leader, List.of(DISK_B));

        assertThat(knownBefore)
                .as("the first list is no loss: nothing was known before")
                .containsExactly(leader);
        assertThat(replicas.partition().inSyncReplicas()).isEmpty();
        assertThat(replicas.partition().leader()).isEqualTo(PartitionImage.NO_LEADER);
        assertThat(directoriesOf(leader)).containsExactly(DISK_B);
    }

    @Test
    void aBrokerHasLostNothingOfAPartitionThatNobodyHasEverLed() {
        for (int id : List.of(leader, second, third)) {
            listDirectories(id, List.of(DISK_A));
            replicas.resume(id);
        }
        List.of(leader, second, third).forEach(this::stop);
        PartitionImage unled = world.createTopic("later", 1, 1).partitions().getFirst();
        int only = unled.replicas().getFirst();

        replicas.restart(only, List.of(DISK_B));
        replicas.resume(only);

        assertThat(unled.leader()).isEqualTo(PartitionImage.NO_LEADER);
        assertThat(world.image()
                        .topic("later")
                        .orElseThrow()
                        .partitions()
                        .getFirst()
                        .leader())
                .isEqualTo(only);
    }

    @Test
    void aBrokerWithMoreDirectoriesThanBeforeHasLostNothing() {
        listDirectories(third, List.of(DISK_A));
        replicas.resume(third);
        done(replicas.alter(10, leader, second, third));

        listDirectories(third, List.of(DISK_B, DISK_A));

        assertThat(replicas.partition().inSyncReplicas()).containsExactly(leader, second);
        assertThat(directoriesOf(third)).containsExactly(DISK_B, DISK_A);
    }

    @Test
    void aBrokerKeepsItsDirectoriesWhenItIsFencedAndHeardAgain() {
        listDirectories(third, List.of(DISK_A, DISK_B));
        replicas.resume(third);
        replicas.stop(third);

        assertThat(directoriesOf(third)).containsExactly(DISK_A, DISK_B);
    }

    @Test
    void aBrokerOfMoreDirectoriesThanAnybodyHasIsRefused() {
        List<UUID> many = IntStream.rangeClosed(0, 256)
                .mapToObj(disk -> new UUID(8, disk))
                .toList();

        assertThat(refusalOf(world.register(7, many)).message())
                .isEqualTo("A broker has at most 256 log directories, not 257.");
        assertThat(world.image().brokers()).doesNotContainKey(7);
    }

    private List<UUID> directoriesOf(int id) {
        BrokerImage broker = world.image().brokers().get(id);
        return broker == null ? List.of() : broker.directoryIds();
    }

    private void onlyLeaderHoldsEverything() {
        done(replicas.alter(10, leader));
        done(replicas.withdraw(second, Reason.AMNESIA));
        done(replicas.withdraw(third, Reason.AMNESIA));
        assertThat(replicas.partition().inSyncReplicas()).containsExactly(leader);
        assertThat(replicas.partition().eligibleReplicas()).isEmpty();
    }

    /** The broker stops, and another process with these directories takes its place. */
    private void listDirectories(int id, List<UUID> directories) {
        stop(id);
        replicas.restart(id, directories);
    }

    private void stop(int id) {
        long version = world.image().version();
        done(world.await(world.node()
                .heartbeat(new BrokerHeartbeat(id, replicas.broker(id).brokerEpoch(), version, true))));
    }
}
