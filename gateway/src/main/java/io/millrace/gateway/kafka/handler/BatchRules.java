package io.millrace.gateway.kafka.handler;

import io.millrace.core.records.BatchHeader;
import io.millrace.core.records.Compression;
import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/**
 * What the protocol asks of the records that a produce request has for one partition: one batch of format 2, which begins at offset 0. What
 * breaks a rule gets the error that Kafka's brokers give. Looks at sizes and a few fields; the broker looks at the rest.
 */
final class BatchRules {
    private static final short HAS_ZSTD = 7;
    private static final int SIZE_AT = 8;
    private static final int SIZE_COUNTED_FROM = 12;
    private static final int MAGIC_AT = 16;

    /** What the smallest message of any format counts. */
    private static final int SIZE_MIN = 14;

    private static final int NOT_WHOLE = -1;
    private static final int IMPOSSIBLE = -2;

    private BatchRules() {}

    /** A rule that is broken. */
    record Broken(Errors error, String message) {}

    /** The first rule that is broken, or null. */
    static @Nullable Broken brokenBy(ByteBuffer records, short version) {
        int size = sizeOfBatch(records, 0);
        if (size == IMPOSSIBLE) {
            return new Broken(Errors.CORRUPT_MESSAGE, "The record batch has an impossible size or format.");
        }
        if (size == NOT_WHOLE) {
            return invalid("There has to be one record batch for each partition; here is none that is whole.");
        }
        byte magic = magicAt(records, 0);
        if (magic != BatchHeader.MAGIC) {
            return invalid(
                    "The record batch is of format " + magic + "; only format " + BatchHeader.MAGIC + " is taken.");
        }
        if (sizeOfBatch(records, size) > 0) {
            return invalid("There has to be one record batch for each partition; another one follows it.");
        }
        return size < BatchHeader.SIZE ? null : brokenBy(BatchHeader.at(records), version);
    }

    /** Whether the records say that they are part of a transaction. */
    static boolean isTransactional(ByteBuffer records) {
        return sizeOfBatch(records, 0) >= BatchHeader.SIZE
                && magicAt(records, 0) == BatchHeader.MAGIC
                && BatchHeader.at(records).isTransactional();
    }

    private static @Nullable Broken brokenBy(BatchHeader header, short version) {
        if (version < HAS_ZSTD && header.compressionId() == Compression.ZSTD.id()) {
            return new Broken(
                    Errors.UNSUPPORTED_COMPRESSION_TYPE,
                    "Produce requests below version " + HAS_ZSTD + " cannot bring zstd (KIP-110).");
        }
        return header.baseOffset() == 0
                ? null
                : invalid("A record batch comes with base offset 0; this one has " + header.baseOffset() + ".");
    }

    /** Bytes of the batch, or message of an old format, that begins there, told by its size field and format alone. */
    private static int sizeOfBatch(ByteBuffer records, int from) {
        int remaining = records.remaining() - from;
        if (remaining < SIZE_COUNTED_FROM) {
            return NOT_WHOLE;
        }
        int counted = records.getInt(records.position() + from + SIZE_AT);
        if (counted < SIZE_MIN) {
            return IMPOSSIBLE;
        }
        if (remaining <= MAGIC_AT) {
            return NOT_WHOLE;
        }
        byte magic = magicAt(records, from);
        if (magic < 0 || magic > BatchHeader.MAGIC) {
            return IMPOSSIBLE;
        }
        return counted > remaining - SIZE_COUNTED_FROM ? NOT_WHOLE : counted + SIZE_COUNTED_FROM;
    }

    private static byte magicAt(ByteBuffer records, int from) {
        return records.get(records.position() + from + MAGIC_AT);
    }

    private static Broken invalid(String message) {
        return new Broken(Errors.INVALID_RECORD, message);
    }
}
