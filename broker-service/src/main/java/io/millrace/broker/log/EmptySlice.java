package io.millrace.broker.log;

import io.millrace.core.api.RecordsSlice;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** No batches: there is nothing yet between the offset and the limit. */
enum EmptySlice implements RecordsSlice {
    INSTANCE;

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
