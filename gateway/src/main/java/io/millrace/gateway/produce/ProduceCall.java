package io.millrace.gateway.produce;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * One call under way. Its records are settled one by one, by whichever loops their partitions belong to; the answer is
 * given when the last one is, or when the time is over.
 */
final class ProduceCall {
    private final List<NewRecord> records;
    private final ProduceOptions options;
    private final long wallMillis;
    private final long deadlineNanos;
    private final AtomicReferenceArray<Outcome<Produced>> outcomes;
    private final AtomicInteger unsettled;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final CompletableFuture<List<Outcome<Produced>>> answer = new CompletableFuture<>();
    private volatile Runnable whenSettled = () -> {};
    private volatile EventLoop.@Nullable Timer expiry;

    ProduceCall(List<NewRecord> records, ProduceOptions options, long wallMillis, long nowNanos) {
        this.records = records;
        this.options = options;
        this.wallMillis = wallMillis;
        this.deadlineNanos = nowNanos + options.timeout().toNanos();
        this.outcomes = new AtomicReferenceArray<>(records.size());
        this.unsettled = new AtomicInteger(records.size());
    }

    CompletableFuture<List<Outcome<Produced>>> answer() {
        return answer;
    }

    ProduceOptions options() {
        return options;
    }

    /** Monotonic; may wrap around. */
    long deadlineNanos() {
        return deadlineNanos;
    }

    NewRecord record(int index) {
        return records.get(index);
    }

    /** The record's own time, or that of the call. */
    long timestampOf(int index) {
        return records.get(index).timestampMillis().orElse(wallMillis);
    }

    /** Says whether nobody waits for the records that are left any more. */
    boolean isAnswered() {
        return answered.get();
    }

    /** What to do once nothing of the call is under way any more. Set before anything is. */
    void whenSettled(Runnable action) {
        whenSettled = action;
    }

    /** Starts the clock. Called before any record is settled by a loop. */
    void expireOn(EventLoop loop, long nowNanos) {
        expiry = loop.schedule(Duration.ofNanos(Math.max(0, deadlineNanos - nowNanos)), this::giveAnswer);
    }

    /** Settles one record; each exactly once. */
    void settle(int index, Outcome<Produced> outcome) {
        outcomes.setRelease(index, outcome);
        if (unsettled.decrementAndGet() == 0) {
            EventLoop.Timer timer = expiry;
            if (timer != null) {
                timer.cancel();
            }
            whenSettled.run();
            giveAnswer();
        }
    }

    /** Answers with what is settled; what is not by now has run out of time. */
    private void giveAnswer() {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        List<Outcome<Produced>> all = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            Outcome<Produced> outcome = outcomes.getAcquire(i);
            all.add(outcome == null ? timedOut(options) : outcome);
        }
        answer.complete(all);
    }

    static Outcome<Produced> timedOut(ProduceOptions options) {
        return Outcome.refused(new Refusal.TimedOut("The record was not acknowledged within "
                + options.timeout().toMillis() + " ms; it may be stored nevertheless."));
    }
}
