package io.millrace.broker.log.segment;

import io.millrace.core.records.RecordBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Batches that lie one behind the other in a buffer and go into a segment with one write. */
public final class BatchRun {
    private final ByteBuffer source;
    private final int start;
    private final List<RecordBatch> batches = new ArrayList<>();
    private int bytes;

    /** Begins at the position in the buffer, with no batch. */
    public BatchRun(ByteBuffer source, int start) {
        this.source = source;
        this.start = start;
    }

    /** A run of one. */
    public static BatchRun of(RecordBatch batch) {
        ByteBuffer buffer = batch.buffer();
        BatchRun run = new BatchRun(buffer, buffer.position());
        run.add(batch);
        return run;
    }

    /** The batch lies in the buffer behind those of the run. */
    public void add(RecordBatch batch) {
        batches.add(batch);
        bytes += batch.sizeInBytes();
    }

    public boolean isEmpty() {
        return batches.isEmpty();
    }

    /** Where the next run begins in the buffer. */
    public int end() {
        return start + bytes;
    }

    public List<RecordBatch> batches() {
        return batches;
    }

    int sizeInBytes() {
        return bytes;
    }

    ByteBuffer content() {
        return source.slice(start, bytes);
    }
}
