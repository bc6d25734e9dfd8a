package io.millrace.core.records;

import io.millrace.core.model.TimestampType;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Looks at all that a batch says, down to the last record, at the price of decompressing it. */
public final class DeepCheck {
    private DeepCheck() {}

    /**
     * What {@link BatchCheck#intact} asks, and further: the content decompresses to at most so many bytes, which are
     * exactly the records that the header counts, in the order of their offsets and inside the batch's range (so without
     * gaps when the counts leave none), and the latest timestamp is the one that the header names.
     */
    public static Optional<BatchProblem> check(ByteBuffer batch, int maxDecompressedBytes) {
        return BatchCheck.intact(batch).or(() -> recordProblem(RecordBatch.at(batch), maxDecompressedBytes));
    }

    private static Optional<BatchProblem> recordProblem(RecordBatch batch, int maxDecompressedBytes) {
        try {
            long latest = BatchHeader.NO_TIMESTAMP;
            for (LogRecord found : batch.records(maxDecompressedBytes)) {
                latest = Math.max(latest, found.timestampMillis());
            }
            return timestampProblem(batch, latest);
        } catch (InvalidBatchException e) {
            return Optional.of(new BatchProblem.Invalid(String.valueOf(e.getMessage())));
        }
    }

    private static Optional<BatchProblem> timestampProblem(RecordBatch batch, long latest) {
        boolean told = batch.timestampType() == TimestampType.LOG_APPEND_TIME || batch.recordCount() == 0;
        if (told || latest == batch.maxTimestamp()) {
            return Optional.empty();
        }
        return Optional.of(new BatchProblem.Invalid("The record batch names " + batch.maxTimestamp()
                + " as its latest timestamp; that of its records is " + latest + "."));
    }
}
