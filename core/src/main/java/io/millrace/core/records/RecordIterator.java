package io.millrace.core.records;

import io.millrace.core.model.TimestampType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a batch out of their (decompressed) bytes. Believes nothing: every length and count is compared
 * with the bytes that remain before anything is made of it.
 */
final class RecordIterator implements Iterator<LogRecord> {
    /** A header with an empty key and no value: two lengths of one byte each. */
    private static final int HEADER_BYTES_MIN = 2;

    private final RecordBatch batch;
    private final ByteBuffer bytes;
    private final int count;
    private final boolean logAppendTime;
    private int read;
    private int position;
    private int lastDelta = -1;

    RecordIterator(RecordBatch batch, ByteBuffer bytes) {
        this.batch = batch;
        this.bytes = bytes;
        this.count = batch.recordCount();
        this.logAppendTime = batch.timestampType() == TimestampType.LOG_APPEND_TIME;
        if (count < 0) {
            throw new InvalidBatchException("The record batch says that it has " + count + " records.");
        }
        requireNothingBehindTheLast();
    }

    @Override
    public boolean hasNext() {
        return read < count;
    }

    @Override
    public LogRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        int length = readInt();
        int end = position + length;
        if (length < 1 || length > bytes.limit() - position) {
            throw malformed("a length of " + length + " where " + (bytes.limit() - position) + " bytes remain");
        }
        // The attributes of a record have no meaning yet.
        position++;
        long timestampDelta = readLong();
        int offsetDelta = readInt();
        requireInOrder(offsetDelta);
        ByteBuffer key = readBytes("key");
        ByteBuffer value = readBytes("value");
        List<RecordHeader> headers = readHeaders();
        if (position != end) {
            throw malformed("a length of " + length + ", but its content ends elsewhere");
        }
        read++;
        requireNothingBehindTheLast();
        long timestamp = logAppendTime ? batch.maxTimestamp() : batch.baseTimestamp() + timestampDelta;
        return new LogRecord(batch.baseOffset() + offsetDelta, timestamp, key, value, headers);
    }

    private void requireInOrder(int offsetDelta) {
        if (offsetDelta <= lastDelta || offsetDelta > batch.lastOffsetDelta()) {
            throw malformed("offset delta " + offsetDelta + " after " + lastDelta + " in a batch whose last is "
                    + batch.lastOffsetDelta());
        }
        lastDelta = offsetDelta;
    }

    private void requireNothingBehindTheLast() {
        if (read == count && position != bytes.limit()) {
            throw new InvalidBatchException("The record batch has " + (bytes.limit() - position)
                    + " bytes behind the last of its " + count + " records.");
        }
    }

    private List<RecordHeader> readHeaders() {
        int headerCount = readInt();
        if (headerCount == 0) {
            return List.of();
        }
        if (headerCount < 0 || headerCount > (bytes.limit() - position) / HEADER_BYTES_MIN) {
            throw malformed(headerCount + " headers where " + (bytes.limit() - position) + " bytes remain");
        }
        List<RecordHeader> headers = new ArrayList<>(headerCount);
        for (int i = 0; i < headerCount; i++) {
            ByteBuffer key = readBytes("header key");
            if (key == null) {
                throw malformed("a header without a key");
            }
            headers.add(new RecordHeader(StandardCharsets.UTF_8.decode(key).toString(), readBytes("header value")));
        }
        return headers;
    }

    private @Nullable ByteBuffer readBytes(String what) {
        int length = readInt();
        if (length == -1) {
            return null;
        }
        if (length < 0 || length > bytes.limit() - position) {
            throw malformed("a " + what + " of " + length + " bytes where " + (bytes.limit() - position) + " remain");
        }
        ByteBuffer found = bytes.slice(position, length);
        position += length;
        return found;
    }

    private int readInt() {
        int raw = 0;
        for (int shift = 0; shift < Varints.INT_BYTES_MAX * 7; shift += 7) {
            byte next = readByte();
            raw |= (next & 0x7f) << shift;
            if (next >= 0) {
                return Varints.unZigZag(raw);
            }
        }
        throw malformed("a number that is too long");
    }

    private long readLong() {
        long raw = 0;
        for (int shift = 0; shift < Varints.LONG_BYTES_MAX * 7; shift += 7) {
            byte next = readByte();
            raw |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return Varints.unZigZag(raw);
            }
        }
        throw malformed("a number that is too long");
    }

    private byte readByte() {
        if (position >= bytes.limit()) {
            throw malformed("no end where the batch ends");
        }
        return bytes.get(position++);
    }

    private InvalidBatchException malformed(String what) {
        return new InvalidBatchException("Record " + (read + 1) + " of " + count + " in the batch at offset "
                + batch.baseOffset() + " is malformed: it has " + what + ".");
    }
}
