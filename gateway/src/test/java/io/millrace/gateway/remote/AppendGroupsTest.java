package io.millrace.gateway.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.model.Acks;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AppendGroupsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(2);

    private final ManualClock clock = new ManualClock();
    private final ManualEventLoop loop = new ManualEventLoop(clock);
    private final HeldAppends broker = new HeldAppends();
    private final AppendGroups groups = new AppendGroups(broker, loop, clock);

    @Test
    void theFirstAppendsGoAtOnceAndTheOthersTogetherAsSoonAsOneIsAnswered() {
        fill();
        var a = append("orders-10");
        var b = append("orders-11", "orders-12");
        assertThat(broker.calls).hasSize(AppendGroups.CALLS_MAX);

        broker.calls.getFirst().answer(0);

        HeldAppends.Call together = broker.calls.getLast();
        assertThat(together.partitions()).containsExactly("orders-10", "orders-11", "orders-12");
        together.answer(10, 11, 12);
        assertThat(offsets(a)).containsExactly(10L);
        assertThat(offsets(b)).containsExactly(11L, 12L);
    }

    @Test
    void appendsOfOnePartitionKeepTheirOrder() {
        fill();
        List<CompletableFuture<List<Outcome<Appended>>>> answers = new ArrayList<>();
        for (int i = 0; i < 3 * AppendGroups.PARTS_MAX; i++) {
            answers.add(append("orders-0"));
        }

        int offset = 0;
        for (int i = 0; i < broker.calls.size(); i++) {
            HeldAppends.Call call = broker.calls.get(i);
            long[] offsets = new long[call.request().parts().size()];
            for (int part = 0; part < offsets.length; part++) {
                offsets[part] = offset++;
            }
            call.answer(offsets);
        }

        for (int i = 0; i < answers.size(); i++) {
            assertThat(offsets(answers.get(i))).containsExactly((long) AppendGroups.CALLS_MAX + i);
        }
    }

    @Test
    void whatFollowsAnAppendToTheSamePartitionWaitsForItsCallAndLetsOthersPass() {
        var first = append("orders-1");
        var second = append("orders-1");
        var widest = append("orders-1", "orders-2");
        var behindIt = append("orders-2");
        var other = append("orders-3");
        assertThat(broker.calls.stream().map(HeldAppends.Call::partitions))
                .containsExactly(List.of("orders-1"), List.of("orders-3"));

        broker.calls.getFirst().answer(0);

        assertThat(broker.calls.getLast().partitions()).containsExactly("orders-1", "orders-1", "orders-2", "orders-2");
        broker.calls.getLast().answer(1, 2, 0, 1);
        broker.calls.get(1).answer(7);
        assertThat(offsets(first)).containsExactly(0L);
        assertThat(offsets(second)).containsExactly(1L);
        assertThat(offsets(widest)).containsExactly(2L, 0L);
        assertThat(offsets(behindIt)).containsExactly(1L);
        assertThat(offsets(other)).containsExactly(7L);
    }

    @Test
    void aCallHasNoMorePartsAndBytesThanItMay() {
        fill();
        for (int i = 0; i <= AppendGroups.PARTS_MAX; i++) {
            var _ = append("small-" + i);
        }
        for (int i = 0; i < 3; i++) {
            var _ = groups.append(new AppendRequest(
                    List.of(part("half-" + i, ByteBuffer.allocate(AppendGroups.BYTES_MAX / 2))), Acks.ALL, LONG));
        }
        var _ = groups.append(new AppendRequest(
                List.of(part("orders-3", ByteBuffer.allocate(2 * AppendGroups.BYTES_MAX))), Acks.ALL, LONG));

        for (int i = 0; i < AppendGroups.CALLS_MAX; i++) {
            broker.calls.get(i).answer(0);
        }

        List<Integer> sizes = broker.calls.stream()
                .skip(AppendGroups.CALLS_MAX)
                .map(call -> call.request().parts().size())
                .toList();
        assertThat(sizes).containsExactly(AppendGroups.PARTS_MAX, 2, 2, 1);
    }

    @Test
    void appendsThatAreAcknowledgedOtherwiseGoInAcallOfTheirOwnAndAreNotOvertaken() {
        fill();
        var _ = append(Acks.ALL, LONG, "orders-1");
        var _ = append(Acks.LEADER, LONG, "orders-2");
        var _ = append(Acks.ALL, SHORT, "orders-3");
        var _ = append(Acks.ALL, LONG, "orders-4");

        for (int i = 0; i < AppendGroups.CALLS_MAX; i++) {
            broker.calls.get(i).answer(0);
        }

        assertThat(broker.calls.stream().skip(AppendGroups.CALLS_MAX).map(HeldAppends.Call::partitions))
                .containsExactly(List.of("orders-1"), List.of("orders-2"), List.of("orders-3"), List.of("orders-4"));
    }

    @Test
    void theBrokerIsGivenTheTimeThatIsLeft() {
        fill();
        var _ = append("orders-1");
        pass(Duration.ofMillis(600));
        var _ = append("orders-2");
        pass(Duration.ofMillis(400));

        broker.calls.getFirst().answer(0);

        assertThat(broker.calls.getLast().partitions()).containsExactly("orders-1", "orders-2");
        assertThat(broker.calls.getLast().request().timeout()).isEqualTo(LONG.minusMillis(400));
    }

    @Test
    void anAppendWhoseTimeEndsBeforeItsCallWasNeverSentAndSaysSo() {
        fill();
        var late = append(Acks.ALL, SHORT, "orders-1");
        pass(SHORT);

        assertThat(refusal(late)).isInstanceOf(Refusal.LeaderNotAvailable.class);
        broker.calls.getFirst().answer(0);

        assertThat(broker.calls).hasSize(AppendGroups.CALLS_MAX);
    }

    @Test
    void anAppendThatIsCancelledWhileItWaitsIsNotSent() {
        fill();
        append("orders-1").cancel(false);
        var kept = append("orders-2");

        broker.calls.getFirst().answer(0);

        assertThat(broker.calls.getLast().partitions()).containsExactly("orders-2");
        assertThat(kept).isNotDone();
    }

    @Test
    void aCallIsWithdrawnWhenNobodyOfItWaitsAnyMore() {
        fill();
        var a = append("orders-1");
        var b = append("orders-2");
        broker.calls.getFirst().answer(0);

        a.cancel(false);
        assertThat(broker.calls.getLast().answer()).isNotDone();
        b.cancel(false);

        assertThat(broker.calls.getLast().answer()).isCancelled();
    }

    @Test
    void eachIsToldWhyItsPartWasRefused() {
        fill();
        var a = append("orders-1");
        var b = append("orders-2");
        broker.calls.getFirst().answer(0);
        Refusal overloaded = new Refusal.Overloaded("Full.", 1);

        broker.calls
                .getLast()
                .answer()
                .complete(List.of(Outcome.refused(overloaded), Outcome.done(new Appended(3, 3, -1, 0))));

        assertThat(refusal(a)).isEqualTo(overloaded);
        assertThat(offsets(b)).containsExactly(3L);
    }

    @Test
    void whatWaitsWhenTheBrokerIsLeftIsSurelyNotStored() {
        fill();
        var waiting = append("orders-1");

        groups.close();

        assertThat(refusal(waiting)).isInstanceOf(Refusal.LeaderNotAvailable.class);
        assertThat(refusal(append("orders-1"))).isInstanceOf(Refusal.LeaderNotAvailable.class);
        assertThat(broker.calls).hasSize(AppendGroups.CALLS_MAX);
        broker.calls.forEach(call -> assertThat(call.answer()).isNotDone());
    }

    @Test
    void aBugOfTheBrokerEndsItsCallOnly() {
        broker.bug = new IllegalStateException("a bug");
        var failed = append("orders-1");
        broker.bug = null;
        var next = append("orders-2");
        broker.calls.getLast().answer(5);

        assertThat(failed).isCompletedExceptionally();
        assertThat(offsets(next)).containsExactly(5L);
    }

    /** As many calls under way as may be. */
    private void fill() {
        for (int i = 0; i < AppendGroups.CALLS_MAX; i++) {
            var _ = append("others-" + i);
        }
        assertThat(broker.calls).hasSize(AppendGroups.CALLS_MAX);
    }

    private CompletableFuture<List<Outcome<Appended>>> append(String... partitions) {
        return append(Acks.ALL, LONG, partitions);
    }

    private CompletableFuture<List<Outcome<Appended>>> append(Acks acks, Duration timeout, String... partitions) {
        List<AppendRequest.Part> parts = new ArrayList<>();
        for (String partition : partitions) {
            parts.add(part(partition, SmallBatches.of(1000, "for " + partition)));
        }
        return groups.append(new AppendRequest(parts, acks, timeout));
    }

    private static AppendRequest.Part part(String partition, ByteBuffer batch) {
        return new AppendRequest.Part(RoutedWorld.named(partition), AppendRequest.ANY_EPOCH, batch);
    }

    private void pass(Duration time) {
        loop.runUntilIdle();
        clock.advance(time);
        loop.runUntilIdle();
    }

    private static List<Long> offsets(CompletableFuture<List<Outcome<Appended>>> answer) {
        return answer.resultNow().stream().map(RoutedBrokersTest::offset).toList();
    }

    private static Refusal refusal(CompletableFuture<List<Outcome<Appended>>> answer) {
        return RoutedBrokersTest.refusal(answer.resultNow().getFirst());
    }
}
