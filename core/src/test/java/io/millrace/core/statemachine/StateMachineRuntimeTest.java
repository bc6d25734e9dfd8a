package io.millrace.core.statemachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.statemachine.simulated.MemoryLogStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StateMachineRuntimeTest {
    private static final int COMMANDS_WAITING_MAX = 3;
    private static final Duration COMMAND_WAIT_MAX = Duration.ofSeconds(5);
    private static final LogMember SELF = new LogMember("counter-1", "one.example", 1001);

    private final ManualClock clock = new ManualClock();
    private final ManualEventLoop loop = new ManualEventLoop(clock);
    private final ManualEventLoop logLoop = new ManualEventLoop(clock);
    private final MemoryLogStore<String, Integer> store = new MemoryLogStore<>("log", logLoop, 10);
    private final ReplicatedLog<String, Integer> log = store.member(LogObserver.NONE);
    private final Counters machine = new Counters();
    private final StateMachineRuntime<String, Integer> runtime = new StateMachineRuntime<>(
            machine,
            log,
            loop,
            clock,
            new RuntimeOptions(
                    "The counter", COMMANDS_WAITING_MAX, COMMAND_WAIT_MAX, Refusal.ControllerNotAvailable::new));

    @Test
    void everyCommandSeesWhatTheOneBeforeCommitted() {
        lead();

        CompletableFuture<Outcome<Integer>> first = runtime.submit(increment("a"));
        CompletableFuture<Outcome<Integer>> second = runtime.submit(increment("a"));
        settle();

        assertThat(first).isCompletedWithValue(Outcome.done(1));
        assertThat(second).isCompletedWithValue(Outcome.done(2));
        assertThat(machine.counters).isEqualTo(Map.of("a", 2));
    }

    @Test
    void anAnswerWaitsForTheCommit() {
        lead();

        CompletableFuture<Outcome<Integer>> answer = runtime.submit(increment("a"));
        loop.runUntilIdle();

        assertThat(answer).isNotDone();
        assertThat(machine.counters).isEmpty();
    }

    @Test
    void aCommandThatChangesNothingNeedsNoCommit() {
        lead();

        CompletableFuture<Outcome<Integer>> answer = runtime.submit(turn -> Decision.unchanged(7));
        loop.runUntilIdle();

        assertThat(answer).isCompletedWithValue(Outcome.done(7));
    }

    @Test
    void commandsAreRefusedWithoutTheLead() {
        CompletableFuture<Outcome<Integer>> answer = runtime.submit(increment("a"));
        settle();

        assertThat(refusalOf(answer)).isInstanceOf(Refusal.ControllerNotAvailable.class);
    }

    @Test
    void aLostLeadEndsWhatIsBeingWrittenAsUnknownAndRefusesWhatWaits() {
        lead();
        CompletableFuture<Outcome<Integer>> writing = runtime.submit(increment("a"));
        CompletableFuture<Outcome<Integer>> waiting = runtime.submit(increment("a"));
        loop.runUntilIdle();
        logLoop.dropAll();

        store.expire(log);
        settle();

        assertThat(refusalOf(writing).message()).contains("may or may not have happened");
        assertThat(refusalOf(waiting).message()).contains("has lost its log");
    }

    @Test
    void afterALostLeadItGoesOnWithTheStateOfTheLog() {
        lead();
        CompletableFuture<Outcome<Integer>> before = runtime.submit(increment("a"));
        settle();

        store.expire(log);
        settle();
        CompletableFuture<Outcome<Integer>> answer = runtime.submit(increment("a"));
        settle();

        assertThat(before).isCompletedWithValue(Outcome.done(1));
        assertThat(answer).isCompletedWithValue(Outcome.done(2));
    }

    @Test
    void nobodyWaitsWithoutEndForAlogThatDoesNotWrite() {
        lead();
        CompletableFuture<Outcome<Integer>> writing = runtime.submit(increment("a"));
        CompletableFuture<Outcome<Integer>> waiting = runtime.submit(increment("a"));
        loop.runUntilIdle();

        clock.advance(COMMAND_WAIT_MAX.minusMillis(1));
        loop.runUntilIdle();
        boolean answeredEarly = writing.isDone() || waiting.isDone();
        clock.advance(Duration.ofMillis(1));
        loop.runUntilIdle();

        assertThat(answeredEarly).isFalse();
        assertThat(refusalOf(writing)).isInstanceOf(Refusal.ControllerNotAvailable.class);
        assertThat(refusalOf(writing).message()).contains("within 5000 ms", "may or may not have happened");
        assertThat(refusalOf(waiting)).isInstanceOf(Refusal.ControllerNotAvailable.class);
        assertThat(refusalOf(waiting).message()).contains("within 5000 ms", "nothing has happened");
    }

    @Test
    void whatIsWrittenLateIsAppliedAllTheSame() {
        lead();
        CompletableFuture<Outcome<Integer>> writing = runtime.submit(increment("a"));
        CompletableFuture<Outcome<Integer>> waiting = runtime.submit(increment("b"));
        loop.runUntilIdle();
        clock.advance(COMMAND_WAIT_MAX);
        loop.runUntilIdle();

        settle();

        assertThat(writing).isCompleted();
        assertThat(waiting).isCompleted();
        assertThat(machine.counters).isEqualTo(Map.of("a", 1));
    }

    @Test
    void aProcessThatNeverLedKnowsWhoDoesAndSaysSo() {
        LogMember leader = new LogMember("counter-0", "zero.example", 1000);
        store.member(LogObserver.NONE).start(leader, new Deaf());
        lead();

        CompletableFuture<Outcome<Integer>> answer = runtime.submit(increment("a"));
        settle();

        assertThat(runtime.standing()).isEqualTo(new Standing.Following(leader, 1));
        assertThat(refusalOf(answer).message()).contains("counter-0 at zero.example:1000", "epoch 1");
    }

    @Test
    void aLeaderThatIsCutOffIsSuspendedUntilItLeadsAgain() {
        lead();
        store.cutOff(log);
        settle();
        Standing cutOff = runtime.standing();

        store.reconnect(log);
        settle();

        assertThat(cutOff).isEqualTo(new Standing.Suspended(SELF, 1));
        assertThat(runtime.standing()).isEqualTo(new Standing.Leading(SELF, 2));
    }

    @Test
    void aLeaderThatIsCutOffIsSuspendedUntilItHearsOfItsSuccessor() {
        lead();
        LogMember successor = new LogMember("counter-2", "two.example", 1002);
        store.member(LogObserver.NONE).start(successor, new Deaf());
        store.cutOff(log);
        settle();
        Standing cutOff = runtime.standing();

        store.reconnect(log);
        settle();

        assertThat(cutOff).isEqualTo(new Standing.Suspended(SELF, 1));
        assertThat(runtime.standing()).isEqualTo(new Standing.Following(successor, 2));
    }

    @Test
    void repairsComeBeforeTheFirstCommand() {
        machine.repairs = List.of(new Change.Put<>("a", 41));

        runtime.start(SELF);
        logLoop.runUntilIdle();
        CompletableFuture<Outcome<Integer>> answer = runtime.submit(increment("a"));
        settle();

        assertThat(answer).isCompletedWithValue(Outcome.done(42));
    }

    @Test
    void aBugInOneCommandIsItsSendersAlone() {
        lead();

        CompletableFuture<Outcome<Integer>> broken = runtime.submit(turn -> {
            throw new IllegalStateException("bug");
        });
        CompletableFuture<Outcome<Integer>> sound = runtime.submit(increment("a"));
        settle();

        assertThat(broken).isCompletedExceptionally();
        assertThat(sound).isCompletedWithValue(Outcome.done(1));
    }

    @Test
    void aBugInACommandThatNobodyWaitsForHoldsUpNoOther() {
        lead();
        var _ = runtime.submit(increment("a"));
        runtime.trigger(turn -> {
            throw new IllegalStateException("bug");
        });
        CompletableFuture<Outcome<Integer>> behind = runtime.submit(increment("a"));

        assertThatThrownBy(this::settle).hasMessage("bug");
        settle();

        assertThat(behind).isCompletedWithValue(Outcome.done(2));
    }

    @Test
    void aBugInApplyEndsTheLeadLoudly() {
        lead();
        CompletableFuture<Outcome<Integer>> answer = runtime.submit(increment("poison"));

        assertThatThrownBy(this::settle).hasMessage("bug");

        settle();
        assertThat(refusalOf(answer).message()).contains("may or may not have happened");
        CompletableFuture<Outcome<Integer>> later = runtime.submit(increment("a"));
        settle();
        assertThat(refusalOf(later)).isInstanceOf(Refusal.ControllerNotAvailable.class);
        assertThat(runtime.outOfService()).isEqualTo(refusalOf(later).message()).contains("has met a bug");
    }

    @Test
    void moreCommandsThanMayWaitAreRefused() {
        lead();
        List<CompletableFuture<Outcome<Integer>>> answers = new ArrayList<>();
        for (int i = 0; i < 1 + COMMANDS_WAITING_MAX + 1; i++) {
            answers.add(runtime.submit(increment("a")));
        }
        settle();

        assertThat(refusalOf(answers.getLast())).isInstanceOf(Refusal.Overloaded.class);
        assertThat(answers.get(COMMANDS_WAITING_MAX)).isCompletedWithValue(Outcome.done(1 + COMMANDS_WAITING_MAX));
    }

    @Test
    void closingRefusesEverything() {
        lead();
        CompletableFuture<Outcome<Integer>> waiting = runtime.submit(increment("a"));
        runtime.close();
        CompletableFuture<Outcome<Integer>> late = runtime.submit(increment("a"));
        loop.runUntilIdle();

        assertThat(waiting).isCompleted();
        assertThat(refusalOf(late)).isInstanceOf(Refusal.ShuttingDown.class);
    }

    private void lead() {
        runtime.start(SELF);
        settle();
    }

    private void settle() {
        while (!loop.isIdle() || !logLoop.isIdle()) {
            loop.runUntilIdle();
            logLoop.runUntilIdle();
        }
    }

    private Command<String, Integer, Integer> increment(String counter) {
        return turn -> {
            int next = machine.counters.getOrDefault(counter, 0) + 1;
            return Decision.of(List.of(new Change.Put<>(counter, next)), next);
        };
    }

    private static Refusal refusalOf(CompletableFuture<Outcome<Integer>> answer) {
        assertThat(answer).isCompletedWithValueMatching(outcome -> outcome instanceof Outcome.Refused<Integer>);
        return ((Outcome.Refused<Integer>) answer.join()).refusal();
    }

    /** Another process, of which only the lead matters. */
    private static final class Deaf implements ReplicatedLog.Listener<String, Integer> {
        @Override
        public void onLeading(Leadership<String, Integer> leadership) {}

        @Override
        public void onCommitted(int epoch, long version) {}

        @Override
        public void onLost(int epoch) {}

        @Override
        public void onOtherLeads(LogMember leader, int epoch) {}

        @Override
        public void onReplaced() {}
    }

    /** Counts by name. */
    private static final class Counters implements StateMachine<String, Integer> {
        private final Map<String, Integer> counters = new TreeMap<>();
        private List<Change<String, Integer>> repairs = List.of();

        @Override
        public void load(Leadership<String, Integer> leadership, Turn turn) {
            counters.clear();
            counters.putAll(leadership.state());
        }

        @Override
        public List<Change<String, Integer>> repair(Turn turn) {
            return repairs;
        }

        @Override
        public void apply(List<Change<String, Integer>> changes, long version, Turn turn) {
            for (Change<String, Integer> change : changes) {
                if (change.key().equals("poison")) {
                    throw new IllegalStateException("bug");
                }
                switch (change) {
                    case Change.Put<String, Integer>(String key, Integer value) -> counters.put(key, value);
                    case Change.Remove<String, Integer>(String key) -> counters.remove(key);
                }
            }
        }
    }
}
