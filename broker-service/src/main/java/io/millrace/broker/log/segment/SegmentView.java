package io.millrace.broker.log.segment;

import io.millrace.core.environment.DiskFile;
import java.io.IOException;
import java.util.Optional;

/** A segment as it is now, for those who do not trust what is in it. Trusts no index and no header. */
public record SegmentView(DiskFile file, SegmentFiles files, int size, long endOffset) {
    private static final int WINDOW_BYTES = 1 << 20;

    /** A place between two batches. */
    public record Boundary(int position, long offset) {}

    /** What is to be verified next, from a point in this segment on. */
    public Stretch stretch(int position, long offset, int bytesMax) {
        VerifyPoint from = new VerifyPoint(files.baseOffset(), position, offset);
        return new Stretch(file, files.log(), from, bytesMax, size, endOffset);
    }

    /** What is wrong with the batch that holds the offset, or with the way to it. */
    public Optional<LogDamage> damageAt(long offset) {
        Boundary before = boundaryBefore(offset);
        return stretch(before.position(), before.offset(), 1).verify() instanceof Verification.Damaged(LogDamage damage)
                ? Optional.of(damage)
                : Optional.empty();
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
