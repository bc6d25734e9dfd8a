package io.millrace.gateway.read;

import io.millrace.core.records.LogRecord;
import io.millrace.core.records.RecordHeader;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies records out of the batch that they are views of: a page would keep the whole of it in memory for one of them. */
final class OwnRecord {
    private OwnRecord() {}

    static LogRecord of(LogRecord view) {
        List<RecordHeader> headers = view.headers().stream()
                .map(header -> new RecordHeader(header.key(), copy(header.value())))
                .toList();
        return new LogRecord(view.offset(), view.timestampMillis(), copy(view.key()), copy(view.value()), headers);
    }

    private static @Nullable ByteBuffer copy(@Nullable ByteBuffer bytes) {
        return bytes == null
                ? null
                : ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }
}
