package io.millrace.cli.format;

import com.google.protobuf.ByteString;
import io.millrace.v1.Header;
import io.millrace.v1.Record;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes records in a format, keys and values byte for byte as they are stored; a null one is written as nothing. */
public final class RecordPrinter {
    private final RecordFormat format;

    public RecordPrinter(RecordFormat format) {
        this.format = format;
    }

    public void print(Record record, OutputStream out) throws IOException {
        for (FormatElement element : format.elements()) {
            switch (element) {
                case FormatElement.Literal(ByteString bytes) -> bytes.writeTo(out);
                case FormatElement.Part(Field field) -> print(field, record, out);
            }
        }
    }

    private static void print(Field field, Record record, OutputStream out) throws IOException {
        switch (field) {
            case KEY -> record.getKey().writeTo(out);
            case VALUE -> record.getValue().writeTo(out);
            case HEADERS -> headers(record, out);
            case TOPIC -> text(record.getTopic(), out);
            case PARTITION -> text(String.valueOf(record.getPartition()), out);
            case OFFSET -> text(String.valueOf(record.getOffset()), out);
            case TIMESTAMP -> text(String.valueOf(timestampMillis(record)), out);
            case KEY_LENGTH -> text(length(record.hasKey(), record.getKey()), out);
            case VALUE_LENGTH -> text(length(record.hasValue(), record.getValue()), out);
        }
    }

    private static long timestampMillis(Record record) {
        return record.hasTimestamp() ? Timestamps.millis(record.getTimestamp()) : -1;
    }

    private static void headers(Record record, OutputStream out) throws IOException {
        boolean first = true;
        for (Header header : record.getHeadersList()) {
            text(first ? "" : ",", out);
            first = false;
            text(header.getKey(), out);
            if (header.hasValue()) {
                out.write('=');
                header.getValue().writeTo(out);
            }
        }
    }

    private static String length(boolean present, ByteString bytes) {
        return present ? String.valueOf(bytes.size()) : "-1";
    }

    private static void text(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
