package io.millrace.core.records;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Batches one behind the other, as a log and a fetch answer hold them. */
public final class RecordBatches implements Iterable<RecordBatch> {
    private final ByteBuffer bytes;

    private RecordBatches(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /**
     * The batches from the buffer's position to its limit, neither of which anybody moves. A last batch that is cut off
     * is ignored. Going on throws InvalidBatchException where bytes are no header of a batch of format v2.
     */
    public static RecordBatches in(ByteBuffer buffer) {
        return new RecordBatches(buffer.slice());
    }

    @Override
    public Iterator<RecordBatch> iterator() {
        ByteBuffer rest = bytes.duplicate();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rest.remaining() >= BatchHeader.SIZE && sizeOfNext() <= rest.remaining();
            }

            @Override
            public RecordBatch next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                RecordBatch batch = RecordBatch.at(rest);
                rest.position(rest.position() + batch.sizeInBytes());
                return batch;
            }

            private int sizeOfNext() {
                BatchHeader.requireHeader(rest);
                return rest.getInt(rest.position() + BatchHeader.LENGTH) + BatchHeader.SIZE_COUNTED_FROM;
            }
        };
    }
}
