package io.millrace.broker.log.segment;

import io.millrace.broker.log.epochs.EpochHistory;
import io.millrace.core.environment.DiskFile;
import io.millrace.core.records.BatchHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/** A segment as it is now, for those who do not trust what is in it. Trusts no index and no header. */
public record SegmentView(DiskFile file, SegmentFiles files, int size, long endOffset, EpochHistory epochs) {
    private static final int WINDOW_BYTES = 1 << 20;

    /** A place between two batches. */
    public record Boundary(int position, long offset) {}

    /** The greatest timestamp of the first batch, or that of none when it cannot be read. */
    long firstTimestamp() {
        try {
            BatchWalk walk = new BatchWalk(file, size, BatchHeader.SIZE);
            return walk.moveTo(0) ? walk.header().maxTimestamp() : BatchHeader.NO_TIMESTAMP;
        } catch (IOException damaged) {
            return BatchHeader.NO_TIMESTAMP;
        }
    }

    /**
     * Writes its batches once more where they are, and lets the file grow and end with them again, so that the next sync is
     * about all of that whatever became of those before: a cut that never came to the disk would leave there what it took.
     */
    public void writeAgain() throws IOException {
        ByteBuffer window = ByteBuffer.allocate(Math.min(size, WINDOW_BYTES));
        for (int position = 0; position < size; position += window.limit()) {
            window.clear().limit(Math.min(window.capacity(), size - position));
            while (window.hasRemaining() && file.read(window, position + window.position()) > 0) {}
            file.write(window.flip(), position);
        }
        file.write(ByteBuffer.allocate(1), size);
        file.truncate(size);
    }

    /** The same, with the epochs that its batches must have. */
    public SegmentView with(EpochHistory known) {
        return new SegmentView(file, files, size, endOffset, known);
    }

    /** What is to be verified next, from a point in this segment on. */
    public Stretch stretch(int position, long offset, int bytesMax) {
        VerifyPoint from = new VerifyPoint(files.baseOffset(), position, offset);
        return new Stretch(file, files.log(), from, bytesMax, size, endOffset, epochs);
    }

    /** What is wrong within so many bytes from the batch on that holds the offset, or with the way to it. */
    public Optional<LogDamage> damageFrom(long offset, int bytes) {
        Boundary before = boundaryBefore(offset);
        return stretch(before.position(), before.offset(), Math.max(1, bytes)).verify()
                        instanceof Verification.Damaged(LogDamage damage)
                ? Optional.of(damage)
                : Optional.empty();
    }

    /** Whether the segment still has this damage. */
    public boolean has(LogDamage damage) {
        return files.log().equals(damage.file())
                && damage.position() <= size
                && stretch((int) damage.position(), damage.offset(), 1).verify() instanceof Verification.Damaged;
    }

    /**
     * Shows the headers of its batches that begin at the offset or later. Returns whether they led to the end of the segment;
     * otherwise one is damaged.
     */
    public boolean headersFrom(long offset, Consumer<BatchHeader> to) {
        int position = 0;
        try {
            BatchWalk walk = new BatchWalk(file, size, WINDOW_BYTES);
            while (walk.moveTo(position) && walk.header().lastOffsetDelta() >= 0) {
                BatchHeader header = walk.header();
                if (header.baseOffset() >= offset) {
                    to.accept(header);
                }
                position += header.sizeInBytes();
            }
        } catch (IOException unreadable) {
            return false;
        }
        return position == size;
    }

    /** The last boundary that headers lead to from the start of the segment without passing the offset. */
    public Boundary boundaryBefore(long offset) {
        int position = 0;
        long next = files.baseOffset();
        try {
            BatchWalk walk = new BatchWalk(file, size, WINDOW_BYTES);
            while (walk.moveTo(position)
                    && walk.header().baseOffset() == next
                    && walk.header().lastOffsetDelta() >= 0
                    && walk.header().nextOffset() <= offset) {
                position += walk.header().sizeInBytes();
                next = walk.header().nextOffset();
            }
        } catch (IOException unreadable) {
            return new Boundary(position, next);
        }
        return new Boundary(position, next);
    }
}
