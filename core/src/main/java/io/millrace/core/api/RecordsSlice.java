package io.millrace.core.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A range of a partition log, not yet read. It stays readable while the log rolls and deletes segments. */
public interface RecordsSlice {
    int sizeInBytes();

    /** Bytes of memory that it holds until nobody needs it any more; none when it lies in a file. */
    default int heldBytes() {
        return 0;
    }

    /** Reads the range into memory. */
    ByteBuffer read() throws IOException;

    /** Sends bytes from a position within the slice; returns how many the channel took. */
    long transferTo(long position, WritableByteChannel to) throws IOException;
}
