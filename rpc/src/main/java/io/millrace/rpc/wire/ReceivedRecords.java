package io.millrace.rpc.wire;

import io.millrace.core.api.RecordsSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Records that have come over the network: a window on the bytes of the answer that brought them. */
record ReceivedRecords(ByteBuffer bytes) implements RecordsSlice {
    @Override
    public int sizeInBytes() {
        return bytes.remaining();
    }

    @Override
    public int heldBytes() {
        return bytes.remaining();
    }

    @Override
    public ByteBuffer read() {
        return bytes.duplicate();
    }

    @Override
    public long transferTo(long position, WritableByteChannel to) throws IOException {
        ByteBuffer rest = bytes.duplicate();
        rest.position(Math.addExact(rest.position(), Math.toIntExact(position)));
        return to.write(rest);
    }
}
