package io.millrace.broker.log.segment;

import io.millrace.core.api.RecordsSlice;
import io.millrace.core.environment.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A range of a log file. May be read on any thread, until the file is closed some time after its deletion. */
record FileSlice(DiskFile file, long position, int sizeInBytes) implements RecordsSlice {
    @Override
    public ByteBuffer read() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(sizeInBytes);
        if (file.read(buffer, position) < sizeInBytes) {
            throw new CorruptSegmentException(
                    "Log file " + file + " ends before " + (position + sizeInBytes) + ", within a slice handed out");
        }
        return buffer.flip();
    }

    @Override
    public long transferTo(long from, WritableByteChannel to) throws IOException {
        if (from < 0 || from > sizeInBytes) {
            throw new IllegalArgumentException("position " + from + " is not in a slice of " + sizeInBytes + " bytes");
        }
        return file.transferTo(position + from, sizeInBytes - from, to);
    }
}
