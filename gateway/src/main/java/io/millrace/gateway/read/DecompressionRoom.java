package io.millrace.gateway.read;

import io.millrace.core.records.Compression;
import io.millrace.core.records.DecompressionLimitException;
import io.millrace.core.records.LogRecord;
import io.millrace.core.records.RecordBatch;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The memory into which all reads together decompress batches. A few kilobytes may become gigabytes, so room is taken before it is needed: for
 * what records usually become at most, and where that does not do, for the largest batch that is read. Safe for any thread.
 */
final class DecompressionRoom {
    /** What records usually grow by at most. */
    private static final int USUAL_RATIO = 8;

    /** How many batches of the largest size may be open at a time. */
    private static final int LARGEST_BATCHES = 4;

    private final int batchBytesMax;
    private final long bytesMax;
    private final AtomicLong used = new AtomicLong();

    /** An empty room for batches that decompress to at most so many bytes. */
    DecompressionRoom(int batchBytesMax) {
        this.batchBytesMax = batchBytesMax;
        this.bytesMax = (long) LARGEST_BATCHES * batchBytesMax;
    }

    /** Bytes in use. */
    long used() {
        return used.get();
    }

    /** Bytes that may be in use. */
    long limit() {
        return bytesMax;
    }

    /**
     * Opens the batch for one reading; null when there is no room now. Throws InvalidBatchException when the batch cannot be
     * read, or never has room.
     */
    @Nullable
    OpenBatch open(RecordBatch batch) {
        if (batch.compression() == Compression.NONE) {
            return new OpenBatch(batch.records().iterator(), 0);
        }
        int usual = (int) Math.min((long) batch.sizeInBytes() * USUAL_RATIO, batchBytesMax);
        try {
            return open(batch, usual);
        } catch (DecompressionLimitException larger) {
            if (usual == batchBytesMax) {
                throw larger;
            }
            return open(batch, batchBytesMax);
        }
    }

    private @Nullable OpenBatch open(RecordBatch batch, int bytes) {
        if (!take(bytes)) {
            return null;
        }
        Iterator<LogRecord> records = null;
        try {
            records = batch.records(bytes).iterator();
            return new OpenBatch(records, bytes);
        } finally {
            if (records == null) {
                used.addAndGet(-bytes);
            }
        }
    }

    private boolean take(int bytes) {
        long now = used.get();
        while (now + bytes <= bytesMax) {
            if (used.compareAndSet(now, now + bytes)) {
                return true;
            }
            now = used.get();
        }
        return false;
    }

    /** The records of a batch, for as long as it is open. Confined to the page that opened it. */
    final class OpenBatch implements AutoCloseable {
        private final Iterator<LogRecord> records;
        private int bytes;

        private OpenBatch(Iterator<LogRecord> records, int bytes) {
            this.records = records;
            this.bytes = bytes;
        }

        boolean hasNext() {
            return records.hasNext();
        }

        /** The next record, a view of memory of this room. */
        LogRecord next() {
            return records.next();
        }

        /** Whether its records may be kept when it is closed. */
        boolean outlivedByRecords() {
            return bytes == 0;
        }

        @Override
        public void close() {
            used.addAndGet(-bytes);
            bytes = 0;
        }
    }
}
