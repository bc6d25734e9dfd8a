package io.millrace.cli.log;

import com.google.protobuf.ByteString;
import io.millrace.cli.format.Timestamps;
import io.millrace.cli.log.LogScan.Found;
import io.millrace.cli.session.Io;
import io.millrace.core.records.LogRecord;
import io.millrace.core.records.RecordBatch;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One line a batch in columns of fixed width; records below their batch, long ones cut off. */
record BatchTable(Io io, boolean deep) implements BatchOutput {
    private static final String COLUMNS = "%12s %10s %12s %12s %8s %-7s %6s %-24s %-4s %s";
    private static final int CHARACTERS_SHOWN_MAX = 60;

    @Override
    public void begin() {
        io.line(String.format(
                Locale.ROOT,
                COLUMNS,
                "POSITION",
                "BYTES",
                "FIRST",
                "LAST",
                "RECORDS",
                "CODEC",
                "EPOCH",
                "LATEST TIMESTAMP",
                "CRC",
                "PRODUCER"));
    }

    @Override
    public void write(Found found) {
        RecordBatch batch = found.batch();
        io.line(String.format(
                Locale.ROOT,
                COLUMNS,
                found.position(),
                batch.sizeInBytes(),
                batch.baseOffset(),
                batch.lastOffset(),
                batch.recordCount(),
                BatchFacts.codec(batch),
                batch.leaderEpoch(),
                Timestamps.text(Instant.ofEpochMilli(batch.maxTimestamp())),
                batch.crcHolds() ? "ok" : "BAD",
                producer(batch)));
        if (deep && batch.crcHolds()) {
            batch.records().forEach(this::write);
        }
    }

    private void write(LogRecord entry) {
        io.line(String.format(
                Locale.ROOT,
                "%24s%12d %s  key %s  value %s%s",
                "",
                entry.offset(),
                Timestamps.text(Instant.ofEpochMilli(entry.timestampMillis())),
                shown(entry.key()),
                shown(entry.value()),
                entry.headers().isEmpty() ? "" : "  headers " + entry.headers().size()));
    }

    private static String producer(RecordBatch batch) {
        String id = batch.producerId() < 0
                ? "-"
                : batch.producerId() + "/" + batch.producerEpoch() + " sequence " + batch.baseSequence();
        return id + (batch.isTransactional() ? " transactional" : "") + (batch.isControl() ? " control" : "");
    }

    private static String shown(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return "null";
        }
        int length = bytes.remaining();
        ByteString start = ByteString.copyFrom(bytes.slice(bytes.position(), Math.min(length, CHARACTERS_SHOWN_MAX)));
        StringBuilder text = new StringBuilder("\"");
        start.toStringUtf8()
                .codePoints()
                .forEach(character -> text.appendCodePoint(Character.isISOControl(character) ? '.' : character));
        return text + (length > CHARACTERS_SHOWN_MAX ? "...\" (" + length + " bytes)" : "\"");
    }
}
