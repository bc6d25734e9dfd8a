package io.millrace.gateway.read;

import io.millrace.core.records.LogRecord;
import io.millrace.core.records.RecordHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which records a reader wants: those that meet every condition given. A buffer's bytes are those from position to limit.
 *
 * @param keyEquals the whole key
 * @param keyPrefix how the key begins
 * @param valueContains bytes that occur somewhere in the value
 * @param headersEqual headers that the record must have, each with this value; order does not matter
 */
public record RecordFilter(
        @Nullable ByteBuffer keyEquals,
        @Nullable ByteBuffer keyPrefix,
        @Nullable ByteBuffer valueContains,
        List<RecordHeader> headersEqual) {
    /** Every record. */
    public static final RecordFilter ALL = new RecordFilter(null, null, null, List.of());

    public RecordFilter {
        headersEqual = List.copyOf(headersEqual);
    }

    /** The same filter that also asks for a key. */
    public RecordFilter withKey(String text) {
        return new RecordFilter(utf8(text), keyPrefix, valueContains, headersEqual);
    }

    /** The same filter that also asks for the beginning of a key. */
    public RecordFilter withKeyPrefix(String text) {
        return new RecordFilter(keyEquals, utf8(text), valueContains, headersEqual);
    }

    /** The same filter that also asks for a text in the value. */
    public RecordFilter withValueContaining(String text) {
        return new RecordFilter(keyEquals, keyPrefix, utf8(text), headersEqual);
    }

    /** Says whether every record passes. */
    public boolean isAll() {
        return keyEquals == null && keyPrefix == null && valueContains == null && headersEqual.isEmpty();
    }

    /** Says whether the record meets every condition. */
    public boolean accepts(LogRecord record) {
        ByteBuffer key = record.key();
        return (keyEquals == null || keyEquals.equals(key))
                && (keyPrefix == null || startsWith(key, keyPrefix))
                && (valueContains == null || contains(record.value(), valueContains))
                && hasHeaders(record);
    }

    private boolean hasHeaders(LogRecord record) {
        for (RecordHeader wanted : headersEqual) {
            if (!record.headers().contains(wanted)) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsWith(@Nullable ByteBuffer bytes, ByteBuffer prefix) {
        return bytes != null && bytes.remaining() >= prefix.remaining() && matchesAt(bytes, bytes.position(), prefix);
    }

    private static boolean contains(@Nullable ByteBuffer bytes, ByteBuffer part) {
        if (bytes == null) {
            return false;
        }
        int last = bytes.limit() - part.remaining();
        for (int at = bytes.position(); at <= last; at++) {
            if (matchesAt(bytes, at, part)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matchesAt(ByteBuffer bytes, int at, ByteBuffer part) {
        for (int i = 0; i < part.remaining(); i++) {
            if (bytes.get(at + i) != part.get(part.position() + i)) {
                return false;
            }
        }
        return true;
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
    }
}
