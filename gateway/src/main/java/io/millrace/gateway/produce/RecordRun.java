package io.millrace.gateway.produce;

import io.millrace.core.api.Outcome;
import io.millrace.core.records.BatchBuilder;
import io.millrace.core.records.RecordSize;

/** Records of one call that go to one partition, in their order. Confined to the partition's loop. */
final class RecordRun {
    private final ProduceCall call;
    private final int[] indices;
    private int from;
    private final int to;

    /** All of the indices, which count within the call. */
    RecordRun(ProduceCall call, int[] indices) {
        this(call, indices, 0, indices.length);
    }

    private RecordRun(ProduceCall call, int[] indices, int from, int to) {
        this.call = call;
        this.indices = indices;
        this.from = from;
        this.to = to;
    }

    ProduceCall call() {
        return call;
    }

    boolean isEmpty() {
        return from == to;
    }

    int size() {
        return to - from;
    }

    /** Bytes of a batch that holds nothing but the first record. */
    long firstAloneBytes() {
        NewRecord first = call.record(indices[from]);
        return RecordSize.alone(first.key(), first.value(), first.headers());
    }

    /** Moves as many records as fit from here into the batch; returns those. */
    RecordRun moveInto(BatchBuilder batch) {
        int start = from;
        while (from < to && append(batch, indices[from])) {
            from++;
        }
        return new RecordRun(call, indices, start, from);
    }

    /** Settles every record with the same refusal. */
    void settleAll(Outcome<Produced> outcome) {
        while (from < to) {
            call.settle(indices[from++], outcome);
        }
    }

    /**
     * Settles the records as appended one behind the other.
     *
     * @param baseOffset of the first one, or -1 when offsets are not told
     * @param appendTimeMillis the broker's timestamp, or -1 when the records keep theirs
     */
    void settleAppended(int partition, long baseOffset, long appendTimeMillis) {
        for (int i = 0; from < to; i++) {
            int index = indices[from++];
            long offset = baseOffset < 0 ? -1 : baseOffset + i;
            long timestamp = appendTimeMillis < 0 ? call.timestampOf(index) : appendTimeMillis;
            call.settle(index, Outcome.done(new Produced(partition, offset, timestamp)));
        }
    }

    private boolean append(BatchBuilder batch, int index) {
        NewRecord record = call.record(index);
        return batch.append(call.timestampOf(index), record.key(), record.value(), record.headers());
    }
}
