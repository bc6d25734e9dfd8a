package io.millrace.core.environment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** An open file. One thread writes; any thread may read what was written before, also while the writer goes on. */
public interface DiskFile extends AutoCloseable {
    /** Length in bytes. */
    long size() throws IOException;

    /** Reads from the position until the buffer is full or the file ends; returns the bytes read, 0 at the end. */
    int read(ByteBuffer into, long position) throws IOException;

    /**
     * Writes all of the buffer's remaining bytes at the position. After an exception any part may be written; it is a
     * {@link DiskFullException} when there was no room.
     */
    void write(ByteBuffer from, long position) throws IOException;

    /** Writes all remaining bytes of several buffers, one behind the other, at the position. */
    void write(ByteBuffer[] from, long position) throws IOException;

    /** Cuts the file to the size, which is at most its length. */
    void truncate(long size) throws IOException;

    /** Makes content and length durable. After an exception nothing may be assumed of what was written since the last
     * success, and a second call proves nothing: the caller must stop using the disk. */
    void sync() throws IOException;

    /** Sends up to {@code count} bytes from the position to the channel, without a copy through the heap where the
     * channel allows; returns the bytes sent, fewer (also 0) when the channel takes no more. */
    long transferTo(long position, long count, WritableByteChannel to) throws IOException;

    @Override
    void close() throws IOException;
}
