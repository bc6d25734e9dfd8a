package io.millrace.core.api.twin;

import io.millrace.core.api.RecordsSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/** Batches in memory. */
public record MemorySlice(List<ByteBuffer> batches) implements RecordsSlice {
    public MemorySlice {
        batches = List.copyOf(batches);
    }

    @Override
    public int sizeInBytes() {
        return batches.stream().mapToInt(ByteBuffer::remaining).sum();
    }

    @Override
    public int heldBytes() {
        return sizeInBytes();
    }

    @Override
    public ByteBuffer read() {
        ByteBuffer all = ByteBuffer.allocate(sizeInBytes());
        batches.forEach(batch -> all.put(batch.duplicate()));
        return all.flip();
    }

    @Override
    public long transferTo(long position, WritableByteChannel to) throws IOException {
        return to.write(read().position(Math.toIntExact(position)));
    }
}
