package io.millrace.core.statemachine;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Drives a state machine: takes commands while this process leads the log, has each decided in its turn, writes the
 * decision, applies it once it is committed, and answers.
 *
 * <p>It decides one command at a time: the next one only when the decision before is applied. So every command sees
 * committed state, nothing ever has to be rolled back, and an answer never tells of something that is lost later. The
 * price is one round to the log for each changing command; commands that change nothing cost none.
 *
 * <pre>
 *             onLeading: load, repair
 *   standby ---------------------------&gt; leading (deciding &lt;-&gt; writing)
 *      ^                                    |
 *      +---- onLost: refuse what waits -----+
 * </pre>
 *
 * <p>A write takes as long as the log takes, but nobody waits for it without end: a command that has no answer in time is
 * refused, and so is each one behind it in its turn. What was written meanwhile is applied all the same.
 *
 * <p>Confined to its event loop, except for {@link #start}, {@link #submit}, {@link #trigger}, {@link #standing},
 * {@link #epoch}, {@link #outOfService} and {@link #close}.
 */
public final class StateMachineRuntime<K, V> implements AutoCloseable {
    private final StateMachine<K, V> machine;
    private final ReplicatedLog<K, V> log;
    private final EventLoop loop;
    private final Clock clock;
    private final RuntimeOptions options;
    private final Deque<Pending<?>> waiting = new ArrayDeque<>();
    private volatile Standing standing = new Standing.Unknown(); // written on the loop only
    private @Nullable Lead lead;
    private volatile boolean closed;
    private volatile @Nullable String outOfService; // written on the loop only

    public StateMachineRuntime(
            StateMachine<K, V> machine, ReplicatedLog<K, V> log, EventLoop loop, Clock clock, RuntimeOptions options) {
        this.machine = machine;
        this.log = log;
        this.loop = loop;
        this.clock = clock;
        this.options = options;
    }

    /** Joins the log, known to its other members as told. */
    public void start(LogMember self) {
        log.start(self, new Posting(self));
    }

    /** Has a command decided in its turn; answers when its changes are committed. May be called from any thread. */
    public <A> CompletableFuture<Outcome<A>> submit(Command<K, V, A> command) {
        if (closed) {
            return CompletableFuture.completedFuture(Outcome.refused(options.shuttingDown()));
        }
        CompletableFuture<Outcome<A>> answer = new CompletableFuture<>();
        loop.post(() -> enqueue(new Pending<>(command, answer::complete, answer::completeExceptionally)));
        if (closed) {
            // The loop may have ended before it came to this, and then nobody else answers.
            answer.complete(Outcome.refused(options.outcomeUnknown()));
        }
        return answer;
    }

    /** Like {@link #submit} for a command that nobody waits for; a bug in it comes out on the loop. */
    public void trigger(Command<K, V, ?> command) {
        loop.post(() -> enqueue(unanswered(command)));
    }

    /** How this process stands to the lead. May be called from any thread. */
    public Standing standing() {
        return standing;
    }

    /** The epoch under which this process leads, or -1. May be called from any thread. */
    public int epoch() {
        return standing instanceof Standing.Leading(LogMember self, int epoch) ? epoch : -1;
    }

    /** Why this process takes no further part in the log, though it was not closed; null while it does. */
    public @Nullable String outOfService() {
        return outOfService;
    }

    /** Leaves the log and refuses what waits. May be called from any thread. */
    @Override
    public void close() {
        closed = true;
        log.close();
        loop.post(() -> stepDown(new Standing.Unknown()));
    }

    private <A> Pending<A> unanswered(Command<K, V, A> command) {
        // In a turn of its own: thrown here it would keep the commands behind it from being decided.
        return new Pending<>(
                command,
                outcome -> {},
                bug -> loop.post(() -> {
                    throw bug;
                }));
    }

    private void enqueue(Pending<?> command) {
        Lead now = lead;
        if (now == null) {
            command.refuse(refusalWithoutLead(standing));
        } else if (waiting.size() >= options.commandsWaitingMax()) {
            command.refuse(options.overloaded(waiting.size()));
        } else {
            waiting.add(command);
            decideWhatWaits(now);
            command.waitAtMost(options.commandWaitMax());
        }
    }

    private void giveUp(Pending<?> command) {
        boolean waited = waiting.remove(command);
        command.refuse(waited ? options.waitedForTooLong() : options.writtenForTooLong());
    }

    private void decideWhatWaits(Lead now) {
        while (lead == now && now.writing == null && !waiting.isEmpty()) {
            waiting.remove().decide(now);
        }
    }

    private void onLeading(LogMember self, Leadership<K, V> leadership) {
        stepDown(standing);
        if (isOver()) {
            return;
        }
        Lead now = new Lead(self, leadership.epoch());
        orStop(() -> machine.load(leadership, turn(now)));
        lead = now;
        standing = new Standing.Leading(self, now.epoch);
        orStop(() -> {
            List<Change<K, V>> repairs = machine.repair(turn(now));
            if (!repairs.isEmpty()) {
                write(now, new Writing<>(repairs, () -> {}, () -> {}));
            }
        });
        decideWhatWaits(now);
    }

    private void onCommitted(int epoch, long version) {
        Lead now = lead;
        if (now == null || now.epoch != epoch || now.writing == null) {
            return;
        }
        Writing<K, V> written = now.writing;
        orStop(() -> machine.apply(written.changes(), version, turn(now)));
        now.writing = null;
        written.committed().run();
        decideWhatWaits(now);
    }

    private void write(Lead now, Writing<K, V> writing) {
        now.writing = writing;
        log.append(now.epoch, writing.changes());
    }

    /** A state that could not be built is worth nothing: leave the log to others, and let the bug be seen. */
    private void orStop(Runnable transition) {
        try {
            transition.run();
        } catch (RuntimeException bug) {
            log.close();
            leaveForGood(options.stoppedByABug());
            throw bug;
        }
    }

    private void onLost(int epoch) {
        Lead now = lead;
        if (now != null && now.epoch == epoch) {
            stepDown(new Standing.Suspended(now.self, epoch));
        }
    }

    private void onOtherLeads(LogMember leader, int epoch) {
        if (!isOver()) {
            standing = new Standing.Following(leader, epoch);
        }
    }

    /** What this process knows may be old, and nobody will tell it. */
    private void leaveForGood(String why) {
        outOfService = why;
        stepDown(new Standing.Unknown());
    }

    private boolean isOver() {
        return closed || outOfService != null;
    }

    private Refusal refusalWithoutLead(Standing now) {
        String why = outOfService;
        if (closed) {
            return options.shuttingDown();
        }
        return why == null ? options.notLeading(now) : options.outOfService(why);
    }

    private void stepDown(Standing after) {
        Lead before = lead;
        lead = null;
        standing = after;
        if (before != null && before.writing != null) {
            before.writing.lost().run();
        }
        while (!waiting.isEmpty()) {
            waiting.remove().refuse(refusalWithoutLead(after));
        }
    }

    private Turn turn(Lead now) {
        return new Turn(now.epoch, clock.nanoTime(), clock.wallMillis());
    }

    /** A command and who waits for its answer, which is given once. */
    private final class Pending<A> {
        private final Command<K, V, A> command;
        private final Consumer<Outcome<A>> answer;
        private final Consumer<RuntimeException> bugs;
        private boolean answered;
        private EventLoop.@Nullable Timer patience;

        Pending(Command<K, V, A> command, Consumer<Outcome<A>> answer, Consumer<RuntimeException> bugs) {
            this.command = command;
            this.answer = answer;
            this.bugs = bugs;
        }

        void decide(Lead now) {
            Decision<K, V, A> decision;
            try {
                decision = command.decide(turn(now));
            } catch (RuntimeException bug) {
                // Deciding changes nothing, so a bug in one command harms nobody but its sender.
                end();
                bugs.accept(bug);
                return;
            }
            if (decision.changes().isEmpty()) {
                answer(decision.outcome());
                return;
            }
            write(
                    now,
                    new Writing<>(
                            decision.changes(),
                            () -> answer(decision.outcome()),
                            () -> refuse(options.outcomeUnknown())));
        }

        void waitAtMost(Duration max) {
            if (!answered) {
                patience = loop.schedule(max, () -> giveUp(this));
            }
        }

        void refuse(Refusal refusal) {
            answer(Outcome.refused(refusal));
        }

        private void answer(Outcome<A> outcome) {
            if (!answered) {
                end();
                answer.accept(outcome);
            }
        }

        private void end() {
            answered = true;
            EventLoop.Timer timer = patience;
            if (timer != null) {
                timer.cancel();
            }
        }
    }

    /** A decision on its way into the log. */
    private record Writing<K, V>(List<Change<K, V>> changes, Runnable committed, Runnable lost) {}

    /** One lead of this process. */
    private final class Lead {
        private final LogMember self;
        private final int epoch;
        private @Nullable Writing<K, V> writing;

        Lead(LogMember self, int epoch) {
            this.self = self;
            this.epoch = epoch;
        }
    }

    /** Brings what the log reports onto the loop. */
    private final class Posting implements ReplicatedLog.Listener<K, V> {
        private final LogMember self;

        Posting(LogMember self) {
            this.self = self;
        }

        @Override
        public void onLeading(Leadership<K, V> leadership) {
            loop.post(() -> StateMachineRuntime.this.onLeading(self, leadership));
        }

        @Override
        public void onCommitted(int epoch, long version) {
            loop.post(() -> StateMachineRuntime.this.onCommitted(epoch, version));
        }

        @Override
        public void onLost(int epoch) {
            loop.post(() -> StateMachineRuntime.this.onLost(epoch));
        }

        @Override
        public void onOtherLeads(LogMember leader, int epoch) {
            loop.post(() -> StateMachineRuntime.this.onOtherLeads(leader, epoch));
        }

        @Override
        public void onReplaced() {
            loop.post(() -> leaveForGood(options.replaced(self)));
        }
    }
}
