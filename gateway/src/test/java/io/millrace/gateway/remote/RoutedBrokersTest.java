package io.millrace.gateway.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.DescribePartitionsRequest;
import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionStatus;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.model.Acks;
import io.millrace.gateway.routing.BrokerRetry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RoutedBrokersTest {
    private final RoutedWorld world = new RoutedWorld();

    @Test
    void eachPartGoesToItsLeaderAndTheAnswersComeBackInOrder() {
        world.createTopic("orders", 2, 0, 1, 0);
        world.now(world.append("orders-3"));

        List<Outcome<Appended>> outcomes = world.now(world.append("orders-1", "orders-0", "orders-3", "orders-2"));

        assertThat(outcomes).extracting(RoutedBrokersTest::offset).containsExactly(0L, 0L, 1L, 0L);
        assertThat(world.valuesAt(2, "orders-0")).containsExactly("for orders-0");
        assertThat(world.valuesAt(0, "orders-1")).containsExactly("for orders-1");
        assertThat(world.valuesAt(1, "orders-2")).containsExactly("for orders-2");
        assertThat(world.valuesAt(0, "orders-3")).containsExactly("for orders-3", "for orders-3");
    }

    @Test
    void whatThePictureDoesNotShowIsRefusedWithoutACall() {
        world.createTopic("orders", 0, PartitionImage.NO_LEADER);

        List<Outcome<Appended>> outcomes = world.now(world.append("nowhere-0", "orders-7", "orders-1", "orders-0"));

        assertThat(refusal(outcomes.get(0))).isEqualTo(new Refusal.UnknownTopic("nowhere"));
        assertThat(refusal(outcomes.get(1))).isEqualTo(new Refusal.UnknownPartition(RoutedWorld.named("orders-7"), 2));
        assertThat(refusal(outcomes.get(2))).isEqualTo(new Refusal.LeaderNotAvailable(RoutedWorld.named("orders-1")));
        assertThat(offset(outcomes.get(3))).isZero();
        assertThat(world.opened).containsExactly("0 epoch 1 at 9000");
    }

    @Test
    void appendsThatWaitForASlowReplicaDoNotHoldUpThoseThatWaitForOthers() {
        HeldAppends held = new HeldAppends();
        world.instead.put(0, held);
        int slow = 2 * AppendGroups.CALLS_MAX;
        world.createTopic("orders", new int[slow + 1]); // all led by broker 0
        for (int i = 0; i < slow; i++) {
            world.picture.showReplicas("orders", i, List.of(0, 1), List.of(0, 1), 0);
        }
        world.picture.showReplicas("orders", slow, List.of(0, 2), List.of(0, 2), 0);
        for (int i = 0; i < slow; i++) {
            var _ = world.append("orders-" + i);
        }
        assertThat(held.calls).hasSize(AppendGroups.CALLS_MAX);

        var _ = world.append("orders-" + slow);

        assertThat(held.calls.getLast().partitions()).containsExactly("orders-" + slow);
    }

    @Test
    void theBrokerInThisProcessIsAskedStraight() {
        RoutedWorld here = new RoutedWorld(new ReaderPlace(Optional.empty(), OptionalInt.of(0)));
        here.createTopic("orders", 0, 1);

        List<Outcome<Appended>> outcomes = here.now(here.append("orders-0", "orders-1"));

        assertThat(outcomes).extracting(RoutedBrokersTest::offset).containsExactly(0L, 0L);
        assertThat(here.valuesAt(0, "orders-0")).containsExactly("for orders-0");
        assertThat(here.opened).containsExactly("1 epoch 1 at 9001");
    }

    @Test
    void aBatchThatWillBeWrittenOverIsCopiedBeforeItGoesOverANetwork() {
        HeldAppends held = new HeldAppends();
        world.instead.put(0, held);
        world.createTopic("orders", 0);
        ByteBuffer batch = SmallBatches.of(0, "a");
        ByteBuffer frame =
                ByteBuffer.allocateDirect(batch.remaining()).put(batch).flip();
        AppendRequest.Part part = new AppendRequest.Part(RoutedWorld.named("orders-0"), AppendRequest.ANY_EPOCH, frame);

        var _ = world.brokers.append(new AppendRequest(List.of(part), Acks.ALL, Duration.ofSeconds(1)));
        frame.put(0, (byte) ~frame.get(0));

        assertThat(held.calls.getLast().request().parts().getFirst().batch()).isEqualTo(SmallBatches.of(0, "a"));
    }

    @Test
    void aLeaderWithoutAnAddressIsNotAvailable() {
        world.createTopic("orders", 5);
        world.picture.showBrokerAt(5, 1, 0);

        assertThat(refusal(world.now(world.append("orders-0")).getFirst()))
                .isInstanceOf(Refusal.LeaderNotAvailable.class);
        assertThat(world.opened).isEmpty();
    }

    @Test
    void aPictureThatLagsCostsOneMoreQuestion() {
        world.createTopic("orders", 0);
        world.twins.get(0).setLeaderEpoch(RoutedWorld.named("orders-0"), 1);
        world.twins.get(1).setLeaderEpoch(RoutedWorld.named("orders-0"), 1);
        BrokerRetry retry = new BrokerRetry(world.loop, world.clock, Duration.ofSeconds(1), Duration.ofMillis(20));
        int[] questions = {0};

        CompletableFuture<List<Outcome<Appended>>> answer = retry.ask(() -> {
            questions[0]++;
            int epoch = world.view
                    .image()
                    .partition(RoutedWorld.named("orders-0"))
                    .orElseThrow()
                    .leaderEpoch();
            return world.brokers.append(new AppendRequest(
                    List.of(new AppendRequest.Part(
                            RoutedWorld.named("orders-0"), epoch, SmallBatches.of(1000, "moved"))),
                    Acks.ALL,
                    RoutedWorld.LONG));
        });
        world.loop.runUntilIdle();
        assertThat(answer).isNotDone();
        world.picture.showLeader("orders", 0, 1, 1);
        world.pass(Duration.ofMillis(20));

        assertThat(offset(answer.resultNow().getFirst())).isZero();
        assertThat(questions[0]).isEqualTo(2);
        assertThat(world.valuesAt(1, "orders-0")).containsExactly("moved");
        assertThat(world.valuesAt(0, "orders-0")).isEmpty();
    }

    @Test
    void aLinkLastsAsLongAsThePictureShowsThatBrokerThere() {
        world.createTopic("orders", 0, 1);
        world.now(world.append("orders-0", "orders-1"));
        world.now(world.append("orders-0", "orders-1"));
        assertThat(world.opened).containsExactly("0 epoch 1 at 9000", "1 epoch 1 at 9001");

        world.picture.showBroker(0, 1, true);
        assertThat(world.closed).isEmpty();

        world.picture.showBroker(0, 8, false);
        assertThat(world.closed).containsExactly("0 epoch 1 at 9000");

        world.now(world.append("orders-0"));
        world.picture.showBrokerAt(0, 8, 7777);
        world.picture.forgetBroker(1);
        assertThat(world.closed).containsExactly("0 epoch 1 at 9000", "0 epoch 8 at 9000", "1 epoch 1 at 9001");

        world.now(world.append("orders-0"));
        assertThat(world.opened).last().isEqualTo("0 epoch 8 at 7777");
    }

    @Test
    void closingClosesEveryLinkAndRefusesWhoComesLater() {
        world.createTopic("orders", 0, 1);
        world.now(world.append("orders-0", "orders-1"));

        world.brokers.close();

        assertThat(world.closed).containsExactlyInAnyOrder("0 epoch 1 at 9000", "1 epoch 1 at 9001");
        assertThat(refusal(world.now(world.append("orders-0")).getFirst()))
                .isInstanceOf(Refusal.LeaderNotAvailable.class);
    }

    @Test
    void statesComeFromTheLeaders() {
        world.createTopic("orders", 0, 1);
        world.now(world.append("orders-1"));

        List<Outcome<PartitionStatus>> outcomes = world.now(world.brokers.describe(
                new DescribePartitionsRequest(List.of(RoutedWorld.named("orders-1"), RoutedWorld.named("orders-0")))));

        assertThat(outcomes)
                .extracting(outcome ->
                        ((Outcome.Done<PartitionStatus>) outcome).value().logEndOffset())
                .containsExactly(1L, 0L);
    }

    @Test
    void logDirectoriesLeaveOutWhoIsFencedOrDoesNotAnswerInTime() {
        world.picture.showBroker(0, 1, true);
        SilentBroker silent = new SilentBroker();
        world.instead.put(2, silent);

        CompletableFuture<List<LogDirectoryStatus>> directories = world.brokers.logDirectories();
        world.loop.runUntilIdle();
        assertThat(directories).isNotDone();
        world.pass(Duration.ofSeconds(1));

        assertThat(directories.resultNow()).hasSize(1);
        assertThat(world.opened).containsExactly("1 epoch 1 at 9001", "2 epoch 1 at 9002");
        assertThat(silent.asked()).allMatch(CompletableFuture::isCancelled);
    }

    static long offset(Outcome<Appended> outcome) {
        return ((Outcome.Done<Appended>) outcome).value().baseOffset();
    }

    static Refusal refusal(Outcome<?> outcome) {
        return ((Outcome.Refused<?>) outcome).refusal();
    }
}
