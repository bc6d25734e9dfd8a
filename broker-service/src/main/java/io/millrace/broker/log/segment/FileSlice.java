package io.millrace.broker.log.segment;

import io.millrace.core.api.RecordsSlice;
import io.millrace.core.environment.DiskFile;
import io.millrace.core.records.InvalidBatchException;
import io.millrace.core.records.RecordBatch;
import io.millrace.core.records.RecordBatches;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/**
 * A range of a log file. May be read on any thread, until the file is closed some time after its deletion. What is read
 * into memory is verified; what goes to a channel without being looked at is for its receiver to verify.
 *
 * @param firstOffset the base offset of the first batch
 */
record FileSlice(DiskFile file, long position, int sizeInBytes, long firstOffset) implements RecordsSlice {
    @Override
    public ByteBuffer read() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(sizeInBytes);
        if (file.read(buffer, position) < sizeInBytes) {
            throw new CorruptSegmentException(
                    "Log file " + file + " ends before " + (position + sizeInBytes) + ", within a slice handed out",
                    firstOffset);
        }
        verify(buffer.flip());
        return buffer;
    }

    /** The last batch may be cut off, and is its reader's to ask for again. */
    private void verify(ByteBuffer buffer) throws CorruptSegmentException {
        long next = firstOffset;
        try {
            for (RecordBatch batch : RecordBatches.in(buffer)) {
                Optional<String> problem = Stretch.problemOf(batch, next);
                if (problem.isPresent()) {
                    throw corrupt(next, problem.get());
                }
                next = batch.nextOffset();
            }
        } catch (InvalidBatchException e) {
            throw corrupt(next, String.valueOf(e.getMessage()));
        }
    }

    private CorruptSegmentException corrupt(long offset, String what) {
        return new CorruptSegmentException(
                "Log file " + file + " is damaged at offset " + offset + ": " + what, offset);
    }

    @Override
    public long transferTo(long from, WritableByteChannel to) throws IOException {
        if (from < 0 || from > sizeInBytes) {
            throw new IllegalArgumentException("position " + from + " is not in a slice of " + sizeInBytes + " bytes");
        }
        return file.transferTo(position + from, sizeInBytes - from, to);
    }
}
