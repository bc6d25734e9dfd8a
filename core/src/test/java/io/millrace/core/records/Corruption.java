package io.millrace.core.records;

import java.nio.ByteBuffer;

/** Makes batches that nobody honest would send, with a CRC that holds all the same. */
final class Corruption {
    private Corruption() {}

    /** The batch with other bytes as its content, said to be compressed so. */
    static ByteBuffer withContent(ByteBuffer batch, Compression compression, byte[] content) {
        ByteBuffer changed = ByteBuffer.allocate(BatchHeader.SIZE + content.length);
        changed.put(0, batch, batch.position(), BatchHeader.SIZE);
        changed.put(BatchHeader.SIZE, content);
        changed.putInt(BatchHeader.LENGTH, changed.limit() - BatchHeader.SIZE_COUNTED_FROM);
        changed.putShort(BatchHeader.ATTRIBUTES, (short) compression.id());
        return sealed(changed);
    }

    /** Renews the CRC of the batch that fills the buffer; returns the buffer. */
    static ByteBuffer sealed(ByteBuffer batch) {
        return batch.putInt(BatchHeader.CRC, RecordBatch.crcOf(batch));
    }
}
