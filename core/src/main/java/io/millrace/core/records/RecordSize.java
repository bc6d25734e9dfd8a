package io.millrace.core.records;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many bytes records take before compression. */
public final class RecordSize {
    private RecordSize() {}

    /** An upper bound of what the record takes, wherever in a batch it lands; {@link BatchHeader#SIZE} comes on top. */
    public static long of(@Nullable ByteBuffer key, @Nullable ByteBuffer value, List<RecordHeader> headers) {
        return Varints.INT_BYTES_MAX
                + Varints.LONG_BYTES_MAX
                + Varints.INT_BYTES_MAX
                + 1
                + content(key, value, headers);
    }

    /** An upper bound of what a batch with this record alone takes. */
    public static long alone(@Nullable ByteBuffer key, @Nullable ByteBuffer value, List<RecordHeader> headers) {
        return BatchHeader.SIZE + of(key, value, headers);
    }

    /** Exactly what follows the offset delta of a record. */
    static long content(@Nullable ByteBuffer key, @Nullable ByteBuffer value, List<RecordHeader> headers) {
        long size = field(key) + field(value) + Varints.sizeOf(headers.size());
        for (int i = 0; i < headers.size(); i++) {
            RecordHeader header = headers.get(i);
            int keyBytes = utf8Bytes(header.key());
            size += Varints.sizeOf(keyBytes) + (long) keyBytes + field(header.value());
        }
        return size;
    }

    private static long field(@Nullable ByteBuffer bytes) {
        return bytes == null ? Varints.sizeOf(-1) : Varints.sizeOf(bytes.remaining()) + (long) bytes.remaining();
    }

    private static int utf8Bytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return text.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return text.length();
    }
}
