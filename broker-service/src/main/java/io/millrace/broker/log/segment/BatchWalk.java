package io.millrace.broker.log.segment;

import io.millrace.core.environment.DiskFile;
import io.millrace.core.records.BatchCheck;
import io.millrace.core.records.BatchHeader;
import io.millrace.core.records.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Walks over the batches in a log file, reading ahead so that small batches do not cost a read each. Stands on one batch
 * at a time, of which only the header is known to be there.
 */
final class BatchWalk {
    private final DiskFile file;
    private final long end;
    private final ByteBuffer window;
    private long windowStart;
    private long position;

    /** Sees the file up to the end, exclusive. */
    BatchWalk(DiskFile file, long end, int windowBytes) {
        this.file = file;
        this.end = end;
        this.window =
                ByteBuffer.allocate(Math.max(BatchHeader.SIZE, windowBytes)).limit(0);
    }

    /** Stands on the batch at the position; false when none of format v2 can be there whole. */
    boolean moveTo(long newPosition) throws IOException {
        position = newPosition;
        if (position < 0 || end - position < BatchHeader.SIZE || !windowHas(BatchHeader.SIZE)) {
            return false;
        }
        window.position((int) (position - windowStart));
        return BatchCheck.headerProblem(window).isEmpty() && header().sizeInBytes() <= end - position;
    }

    /** Stands on the batch behind this one; false as above. */
    boolean moveToNext() throws IOException {
        return moveTo(position + header().sizeInBytes());
    }

    long position() {
        return position;
    }

    BatchHeader header() {
        return BatchHeader.at(window);
    }

    /** Reads the batch, whole. Its bytes are good until the next move. */
    RecordBatch batch() throws IOException {
        int size = header().sizeInBytes();
        if (windowHas(size)) {
            window.position((int) (position - windowStart));
            return RecordBatch.at(window);
        }
        ByteBuffer batch = ByteBuffer.allocate(size);
        if (file.read(batch, position) < size) {
            throw new CorruptSegmentException("Log file " + file + " ends inside the batch at " + position);
        }
        return RecordBatch.at(batch.flip());
    }

    /** Sees to it that so many bytes from the position on are in the window, unless it is too small or the file ends. */
    private boolean windowHas(int bytes) throws IOException {
        boolean has = position >= windowStart && position + bytes <= windowStart + window.limit();
        if (has || bytes > window.capacity()) {
            return has;
        }
        window.clear().limit((int) Math.min(window.capacity(), end - position));
        windowStart = position;
        file.read(window, position);
        window.flip();
        return window.limit() >= bytes;
    }
}
