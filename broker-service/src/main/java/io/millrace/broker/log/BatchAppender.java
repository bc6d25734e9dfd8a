package io.millrace.broker.log;

import io.millrace.broker.log.epochs.LeaderEpochs;
import io.millrace.broker.log.segment.BatchRun;
import io.millrace.core.records.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Writes batches behind the last one of a log, and begins segments as they fill. Confined to the event loop. */
final class BatchAppender {
    private final SegmentList segments;
    private final LeaderEpochs epochs;
    private final LogProducers producers;
    private final SyncProgress sync;
    private final LogObserver observer;

    BatchAppender(
            SegmentList segments,
            LeaderEpochs epochs,
            LogProducers producers,
            SyncProgress sync,
            LogObserver observer) {
        this.segments = segments;
        this.epochs = epochs;
        this.producers = producers;
        this.sync = sync;
        this.observer = observer;
    }

    void append(RecordBatch batch, LogOptions options, long nowMillis) throws IOException {
        BatchRun run = BatchRun.of(batch);
        rollUnlessRoomFor(batch, options, nowMillis);
        write(run, nowMillis);
    }

    /** Writes batches that fill the buffer from its start, with as few writes as there are segments to write to. */
    void append(ByteBuffer source, List<RecordBatch> batches, LogOptions options, long nowMillis) throws IOException {
        BatchRun run = new BatchRun(source, 0);
        for (RecordBatch batch : batches) {
            if (!segments.active().hasRoomFor(run, batch, options.segmentLimits(), nowMillis)) {
                write(run, nowMillis);
                run = new BatchRun(source, run.end());
                rollUnlessRoomFor(batch, options, nowMillis);
            }
            run.add(batch);
        }
        write(run, nowMillis);
    }

    /** Closes the active segment to appends and begins the next one. */
    void roll(LogOptions options) throws IOException {
        segments.roll(options.segmentLimits());
        producers.segmentBegins(segments.active().nextOffset());
        observer.rolled(segments.active().nextOffset());
    }

    private void rollUnlessRoomFor(RecordBatch batch, LogOptions options, long nowMillis) throws IOException {
        if (!segments.active().hasRoomFor(batch, options.segmentLimits(), nowMillis)) {
            roll(options);
        }
    }

    private void write(BatchRun run, long nowMillis) throws IOException {
        if (!run.isEmpty()) {
            run.batches().forEach(batch -> sync.epochsChanged(epochs.note(batch.leaderEpoch(), batch.baseOffset())));
            sync.changed(segments.active());
            segments.active().append(run);
            run.batches().forEach(batch -> producers.note(batch, nowMillis));
        }
    }
}
