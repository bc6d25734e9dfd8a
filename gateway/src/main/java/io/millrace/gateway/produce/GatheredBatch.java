package io.millrace.gateway.produce;

import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.Acks;
import io.millrace.core.records.BatchBuilder;
import io.millrace.core.records.ProducerStamp;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A batch with the records that went into it, which may come from several calls of equal acks and compression. Confined to the
 * partition's loop.
 */
final class GatheredBatch {
    private final ProduceOptions options;
    private final List<RecordRun> runs = new ArrayList<>();
    private final BatchBuilder builder;
    private long deadlineNanos;

    private GatheredBatch(ProduceOptions options, BatchBuilder builder, long deadlineNanos) {
        this.options = options;
        this.builder = builder;
        this.deadlineNanos = deadlineNanos;
    }

    /**
     * Takes from the queue what goes into one batch: at least one record. Records that are to be stored once are a batch of
     * their own, the same each time; that they fit was looked at before.
     *
     * @param queue begins with a run that somebody waits for
     * @param batchBytesMax what the batch has at most, unless its first record alone has more
     */
    static GatheredBatch from(Deque<RecordRun> queue, int batchBytesMax) {
        RecordRun first = queue.getFirst();
        ProduceOptions options = first.call().options();
        boolean once = options.identity().isPresent();
        int limit = once ? Integer.MAX_VALUE : (int) Math.max(batchBytesMax, first.firstAloneBytes());
        GatheredBatch batch = new GatheredBatch(
                options,
                new BatchBuilder(options.compression(), limit),
                first.call().deadlineNanos());
        do {
            if (!batch.take(queue.getFirst())) {
                break;
            }
            queue.removeFirst();
        } while (!once && !queue.isEmpty());
        return batch;
    }

    Acks acks() {
        return options.acks();
    }

    int recordCount() {
        return builder.recordCount();
    }

    ByteBuffer build() {
        return builder.build(options.identity().map(RecordIdentity::stamp).orElse(ProducerStamp.NONE));
    }

    /** Until the last of its calls gives up; those that give up earlier are answered then, without the batch. */
    Duration timeLeft(long nowNanos) {
        return Duration.ofNanos(Math.max(1, deadlineNanos - nowNanos));
    }

    void settleAppended(int partition, Appended appended) {
        long offset = options.acks() == Acks.NONE ? -1 : appended.baseOffset();
        for (RecordRun run : runs) {
            int size = run.size();
            run.settleAppended(partition, offset, appended.logAppendTimeMillis());
            offset = offset < 0 ? -1 : offset + size;
        }
    }

    void settleRefused(Refusal refusal) {
        Outcome<Produced> refused = Outcome.refused(meaningOf(refusal));
        runs.forEach(run -> run.settleAll(refused));
    }

    /** A batch that repeats another one and is not like it has other records. */
    private Refusal meaningOf(Refusal refusal) {
        return refusal instanceof Refusal.OutOfOrderSequence
                        && options.identity().isPresent()
                ? new Refusal.InvalidRequest("'" + options.identity().get().name()
                        + "' was used for another number of records before: what is sent again under the same name must be"
                        + " the same.")
                : refusal;
    }

    /** Puts the records back where they came from, in front. */
    void returnTo(Deque<RecordRun> queue) {
        runs.reversed().forEach(queue::addFirst);
    }

    /** Takes what fits of the run; returns whether that was all of it. */
    private boolean take(RecordRun run) {
        ProduceOptions other = run.call().options();
        if (other.acks() != options.acks()
                || other.compression() != options.compression()
                || !other.identity().equals(options.identity())) {
            return false;
        }
        RecordRun taken = run.moveInto(builder);
        if (!taken.isEmpty()) {
            runs.add(taken);
            long deadline = run.call().deadlineNanos();
            deadlineNanos = deadline - deadlineNanos > 0 ? deadline : deadlineNanos;
        }
        return run.isEmpty();
    }
}
