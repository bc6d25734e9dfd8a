package io.millrace.gateway.rest.write;

import io.millrace.core.records.LogRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stored records as texts. */
final class Stored {
    private Stored() {}

    static List<String> values(List<LogRecord> records) {
        return records.stream().map(record -> text(record.value())).toList();
    }

    static List<String> keys(List<LogRecord> records) {
        return records.stream().map(record -> text(record.key())).toList();
    }

    static String text(@Nullable ByteBuffer bytes) {
        return bytes == null
                ? "null"
                : StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
