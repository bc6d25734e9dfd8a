package io.millrace.broker.log.segment;

import io.millrace.broker.log.epochs.EpochHistory;
import io.millrace.core.environment.DiskFile;
import io.millrace.core.records.BatchCheck;
import io.millrace.core.records.BatchHeader;
import io.millrace.core.records.BatchProblem;
import io.millrace.core.records.RecordBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A part of a segment that is to be verified, as it was when the log handed it out. May be verified on any thread while
 * the log goes on.
 *
 * @param from where a batch begins
 * @param bytesMax after which no further batch is begun
 * @param size of the segment in bytes
 * @param endOffset behind the segment's last batch
 * @param epochs that its batches must have
 */
public record Stretch(
        DiskFile file, Path path, VerifyPoint from, int bytesMax, int size, long endOffset, EpochHistory epochs) {
    private static final int WINDOW_BYTES_MAX = 1 << 20;

    /** Reads and checks. What cannot be read is damage, too: the medium may have lost a sector and nothing else. */
    public Verification verify() {
        Progress progress = new Progress(from.position(), from.offset());
        try {
            BatchWalk walk = new BatchWalk(file, size, Math.min(bytesMax, WINDOW_BYTES_MAX));
            while (progress.position < size && progress.position - from.position() < bytesMax) {
                Optional<String> problem = walk.moveTo(progress.position)
                        ? problemOf(walk.batch(), progress.offset).or(() -> epochProblem(walk.header()))
                        : Optional.of("There is no header of a record batch that could be there.");
                if (problem.isPresent()) {
                    return damaged(progress, problem.get());
                }
                progress.position += walk.header().sizeInBytes();
                progress.offset = walk.header().nextOffset();
            }
        } catch (IOException e) {
            return damaged(progress, "It cannot be read: " + e.getMessage() + ".");
        }
        if (progress.position == size && progress.offset != endOffset) {
            return damaged(progress, "The segment must go up to offset " + endOffset + ", and ends here.");
        }
        return new Verification.Intact(
                new VerifyPoint(from.segment(), progress.position, progress.offset),
                progress.position - from.position());
    }

    /** How far the verification has come. */
    private static final class Progress {
        private int position;
        private long offset;

        private Progress(int position, long offset) {
            this.position = position;
            this.offset = offset;
        }
    }

    private Optional<String> epochProblem(BatchHeader batch) {
        return epochs.contradicts(batch.baseOffset(), batch.leaderEpoch())
                ? Optional.of("No leader of epoch " + batch.leaderEpoch() + " has written there.")
                : Optional.empty();
    }

    /** What is wrong with a batch that must begin at the offset. */
    static Optional<String> problemOf(RecordBatch batch, long offset) {
        if (batch.baseOffset() != offset) {
            return Optional.of("The record batch says that it begins at offset " + batch.baseOffset() + ".");
        }
        return BatchCheck.intact(batch.buffer()).map(BatchProblem::message);
    }

    private Verification damaged(Progress progress, String what) {
        return new Verification.Damaged(new LogDamage(
                progress.offset,
                path,
                progress.position,
                "Offset " + progress.offset + ", position " + progress.position + " of " + path + ": " + what));
    }
}
