package io.millrace.gateway.remote;

import io.millrace.core.api.Fetched;
import io.millrace.core.api.RecordsSlice;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A slice without records. */
enum NoRecords implements RecordsSlice {
    INSTANCE;

    /** The same answer, but for its records. */
    static Fetched insteadOf(Fetched fetched) {
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
