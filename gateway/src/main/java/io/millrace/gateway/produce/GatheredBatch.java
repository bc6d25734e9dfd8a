package io.millrace.gateway.produce;

import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.model.Acks;
import io.millrace.core.records.BatchBuilder;
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
     * Takes from the queue what goes into one batch: at least one record.
     *
     * @param queue begins with a run that somebody waits for
     * @param batchBytesMax what the batch has at most, unless its first record alone has more
     */
    static GatheredBatch from(Deque<RecordRun> queue, int batchBytesMax) {
        RecordRun first = queue.getFirst();
        ProduceOptions options = first.call().options();
        int limit = (int) Math.max(batchBytesMax, first.firstAloneBytes());
        GatheredBatch batch = new GatheredBatch(
                options,
                new BatchBuilder(options.compression(), limit),
                first.call().deadlineNanos());
        while (!queue.isEmpty() && batch.take(queue.getFirst())) {
            queue.removeFirst();
        }
        return batch;
    }

    Acks acks() {
        return options.acks();
    }

    int recordCount() {
        return builder.recordCount();
    }

    ByteBuffer build() {
        return builder.build();
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

    void settleRefused(Outcome<Produced> refused) {
        runs.forEach(run -> run.settleAll(refused));
    }

    /** Puts the records back where they came from, in front. */
    void returnTo(Deque<RecordRun> queue) {
        runs.reversed().forEach(queue::addFirst);
    }

    /** Takes what fits of the run; returns whether that was all of it. */
    private boolean take(RecordRun run) {
        ProduceOptions other = run.call().options();
        if (other.acks() != options.acks() || other.compression() != options.compression()) {
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
