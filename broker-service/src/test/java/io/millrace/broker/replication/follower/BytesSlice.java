package io.millrace.broker.replication.follower;

import io.millrace.core.api.RecordsSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Records that came over a wire. */
record BytesSlice(ByteBuffer bytes) implements RecordsSlice {
    @Override
    public int sizeInBytes() {
        return bytes.remaining();
    }

    @Override
    public ByteBuffer read() {
        return bytes.duplicate();
    }

    @Override
    public long transferTo(long position, WritableByteChannel to) throws IOException {
        return to.write(bytes.slice((int) position, bytes.remaining() - (int) position));
    }
}
