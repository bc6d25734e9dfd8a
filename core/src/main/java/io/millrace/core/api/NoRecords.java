package io.millrace.core.api;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A slice without records. */
public enum NoRecords implements RecordsSlice {
    INSTANCE;

    /** The same answer, but for its records. */
    public static Fetched insteadOf(Fetched fetched) {
        return new Fetched(INSTANCE, fetched.logStartOffset(), fetched.highWatermark(), fetched.lastStableOffset());
    }

    @Override
    public int sizeInBytes() {
        return 0;
    }

    @Override
    public ByteBuffer read() {
        return ByteBuffer.allocate(0);
    }

    @Override
    public long transferTo(long position, WritableByteChannel to) {
        return 0;
    }
}
