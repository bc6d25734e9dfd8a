package io.millrace.broker.log.producers;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The bytes of a snapshot, all numbers big-endian:
 *
 * <pre>
 *   version 2 | CRC-32C 4 of all that follows | offset 8 | leader epoch 4 of the batch before the offset, or -1 | age millis 8 |
 *   producers 4, each: id 8 | epoch 2 | forgotten records 4 | had an earlier epoch 1 | seen millis 8 | batches 1,
 *                      each: base sequence 4 | last sequence 4 | base offset 8 | latest timestamp 8 | of the broker 1
 * </pre>
 *
 * who was heard last at the end.
 */
final class SnapshotFormat {
    private static final short VERSION = 2;
    private static final int CRC_FROM = 6;
    private static final int HEAD_BYTES = CRC_FROM + 8 + 4 + 8 + 4;
    private static final int PRODUCER_BYTES = 8 + 2 + 4 + 1 + 8 + 1;
    private static final int BATCH_BYTES = 4 + 4 + 8 + 8 + 1;

    private SnapshotFormat() {}

    /** What a snapshot says. */
    record Content(long offset, int leaderEpoch, long ageMillis, List<KnownProducer> producers) {}

    static ByteBuffer encode(Content content) {
        int size = HEAD_BYTES;
        for (KnownProducer producer : content.producers()) {
            size += PRODUCER_BYTES + producer.batches().size() * BATCH_BYTES;
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        bytes.putShort(VERSION).putInt(0);
        bytes.putLong(content.offset()).putInt(content.leaderEpoch()).putLong(content.ageMillis());
        bytes.putInt(content.producers().size());
        content.producers().forEach(producer -> put(bytes, producer));
        bytes.putInt(2, crcOf(bytes.flip()));
        return bytes;
    }

    private static void put(ByteBuffer bytes, KnownProducer producer) {
        bytes.putLong(producer.producerId()).putShort(producer.epoch());
        bytes.putInt(producer.forgottenRecords());
        bytes.put((byte) (producer.hadEarlierEpoch() ? 1 : 0));
        bytes.putLong(producer.seenMillis());
        bytes.put((byte) producer.batches().size());
        for (ProducerBatch batch : producer.batches()) {
            bytes.putInt(batch.baseSequence()).putInt(batch.lastSequence());
            bytes.putLong(batch.baseOffset()).putLong(batch.maxTimestampMillis());
            bytes.put((byte) (batch.logAppendTime() ? 1 : 0));
        }
    }

    /** What the bytes say from the start to the limit; nothing when they are not what was written. */
    static Optional<Content> decode(ByteBuffer bytes) {
        if (bytes.limit() < HEAD_BYTES || bytes.getShort(0) != VERSION || bytes.getInt(2) != crcOf(bytes)) {
            return Optional.empty();
        }
        bytes.position(CRC_FROM);
        long offset = bytes.getLong();
        int leaderEpoch = bytes.getInt();
        long ageMillis = bytes.getLong();
        int count = bytes.getInt();
        List<KnownProducer> producers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            producers.add(producer(bytes));
        }
        return Optional.of(new Content(offset, leaderEpoch, ageMillis, producers));
    }

    private static KnownProducer producer(ByteBuffer bytes) {
        long producerId = bytes.getLong();
        short epoch = bytes.getShort();
        int forgottenRecords = bytes.getInt();
        boolean hadEarlierEpoch = bytes.get() != 0;
        long seenMillis = bytes.getLong();
        int count = bytes.get();
        List<ProducerBatch> batches = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            batches.add(new ProducerBatch(
                    bytes.getInt(), bytes.getInt(), bytes.getLong(), bytes.getLong(), bytes.get() != 0));
        }
        return KnownProducer.restored(producerId, epoch, forgottenRecords, hadEarlierEpoch, seenMillis, batches);
    }

    private static int crcOf(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(CRC_FROM, bytes.limit() - CRC_FROM));
        return (int) crc.getValue();
    }
}
