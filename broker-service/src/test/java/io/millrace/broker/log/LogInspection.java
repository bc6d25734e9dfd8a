package io.millrace.broker.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.log.producers.ProducerBatch;
import io.millrace.broker.log.producers.SequenceVerdict;
import io.millrace.broker.log.segment.TimestampedOffset;
import io.millrace.core.records.LogRecord;
import io.millrace.core.records.RecordBatch;
import io.millrace.core.records.RecordBatches;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a log in every way there is and holds the ways against each other. */
final class LogInspection {
    private LogInspection() {}

    /** Every batch of the log, in order, read with so many bytes at a time. */
    static List<RecordBatch> batches(PartitionLog log, int maxBytes) throws IOException {
        List<RecordBatch> found = new ArrayList<>();
        long offset = log.logStartOffset();
        while (offset < log.logEndOffset()) {
            long before = offset;
            for (RecordBatch batch : RecordBatches.in(
                    log.read(offset, maxBytes, log.logEndOffset()).read())) {
                found.add(batch);
                offset = batch.nextOffset();
            }
            if (offset <= before) {
                throw new AssertionError("no batch was read at offset " + before);
            }
        }
        return found;
    }

    /** Checks continuity, checksums, the lookup of every offset and every timestamp, and the epochs. */
    static void check(PartitionLog log) throws IOException {
        List<RecordBatch> batches = batches(log, 700);
        long expected =
                batches.isEmpty() ? log.logEndOffset() : batches.getFirst().baseOffset();
        for (RecordBatch batch : batches) {
            if (!batch.crcHolds() || batch.baseOffset() != expected) {
                throw new AssertionError("no intact batch at offset " + expected);
            }
            expected = batch.nextOffset();
            checkOffsets(log, batch);
        }
        assertThat(expected).isEqualTo(log.logEndOffset());
        checkTimestamps(log, batches);
        checkProducers(log, batches);
    }

    /** Every batch that is in the log is known, and none that is not. */
    static void checkProducers(PartitionLog log, List<RecordBatch> batches) {
        for (RecordBatch batch : batches) {
            SequenceVerdict verdict = log.producers().verdictOn(batch);
            boolean known = switch (verdict) {
                case SequenceVerdict.Repeats(ProducerBatch original) -> original.baseOffset() == batch.baseOffset();
                case SequenceVerdict.RepeatsLongAgo ignored -> true;
                default -> false;
            };
            if (!known) {
                throw new AssertionError("the batch at offset " + batch.baseOffset() + " is held to be: " + verdict);
            }
        }
        assertThat(log.producers().verdictOn(TestBatches.batch(log.logEndOffset(), 1)))
                .isEqualTo(SequenceVerdict.Fits.FITS);
    }

    private static void checkOffsets(PartitionLog log, RecordBatch batch) throws IOException {
        for (long offset = Math.max(batch.baseOffset(), log.logStartOffset()); offset < batch.nextOffset(); offset++) {
            RecordBatch found =
                    RecordBatch.at(log.read(offset, 1, log.logEndOffset()).read());
            if (found.baseOffset() != batch.baseOffset()) {
                throw new AssertionError("offset " + offset + " was looked for in the batch at " + found.baseOffset());
            }
            if (log.epochAt(offset).orElse(-1) != batch.leaderEpoch()) {
                throw new AssertionError("epoch of offset " + offset + " is said to be " + log.epochAt(offset));
            }
        }
    }

    private static void checkTimestamps(PartitionLog log, List<RecordBatch> batches) throws IOException {
        long latest = -1;
        for (RecordBatch batch : batches) {
            for (LogRecord wanted : batch.records()) {
                if (wanted.offset() >= log.logStartOffset()) {
                    latest = wanted.timestampMillis();
                    assertThat(log.offsetForTimestamp(latest).map(TimestampedOffset::offset))
                            .hasValue(wanted.offset());
                }
            }
        }
        assertThat(log.offsetForTimestamp(latest + 1)).isEmpty();
        assertThat(log.offsetOfMaxTimestamp()
                        .map(TimestampedOffset::timestampMillis)
                        .orElse(-1L))
                .isEqualTo(latest);
    }
}
