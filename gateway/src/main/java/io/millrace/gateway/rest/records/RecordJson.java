package io.millrace.gateway.rest.records;

import io.millrace.core.model.TimestampType;
import io.millrace.core.records.LogRecord;
import io.millrace.core.records.RecordHeader;
import io.millrace.gateway.read.ReadRecord;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes records as the one JSON object that every door and command shows. */
public final class RecordJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final long NO_TIMESTAMP = -1;

    private final ValueFormat keys;
    private final ValueFormat values;

    public RecordJson(ValueFormat keys, ValueFormat values) {
        this.keys = keys;
        this.values = values;
    }

    /** The record on one line, without the end of the line. */
    public byte[] line(ReadRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            write(record, json);
        }
        return out.toByteArray();
    }

    private void write(ReadRecord read, JsonGenerator json) {
        LogRecord record = read.record();
        json.writeStartObject();
        json.writeStringProperty("topic", read.partition().topic());
        json.writeNumberProperty("partition", read.partition().partition());
        json.writeNumberProperty("offset", record.offset());
        if (record.timestampMillis() == NO_TIMESTAMP) {
            json.writeNullProperty("timestamp");
        } else {
            json.writeStringProperty("timestamp", Timestamps.text(record.timestampMillis()));
        }
        json.writeStringProperty(
                "timestamp_type", read.timestampType() == TimestampType.CREATE_TIME ? "create" : "append");
        json.writeNumberProperty("leader_epoch", read.leaderEpoch());
        writeData("key", record.key(), keys, json);
        writeData("value", record.value(), values, json);
        json.writeArrayPropertyStart("headers");
        for (RecordHeader header : record.headers()) {
            writeHeader(header, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeData(String name, @Nullable ByteBuffer data, ValueFormat format, JsonGenerator json) {
        if (data == null) {
            json.writeNullProperty(name);
            return;
        }
        byte[] bytes = bytesOf(data);
        Optional<String> text = format == ValueFormat.BINARY ? Optional.empty() : JsonText.utf8(bytes);
        json.writeObjectPropertyStart(name);
        if (text.isEmpty()) {
            json.writeStringProperty("type", DataType.BINARY.name());
            json.writeStringProperty("data", Base64.getEncoder().encodeToString(bytes));
        } else if (format == ValueFormat.AUTO && JsonText.isJson(bytes)) {
            json.writeStringProperty("type", DataType.JSON.name());
            json.writeName("data");
            json.writeRawValue(new String(JsonText.compact(bytes), StandardCharsets.UTF_8));
        } else {
            json.writeStringProperty("type", DataType.STRING.name());
            json.writeStringProperty("data", text.get());
        }
        json.writeEndObject();
    }

    private static void writeHeader(RecordHeader header, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("name", header.key());
        ByteBuffer value = header.value();
        if (value == null) {
            json.writeNullProperty("value");
        } else {
            byte[] bytes = bytesOf(value);
            Optional<String> text = JsonText.utf8(bytes);
            json.writeStringProperty(
                    text.isPresent() ? "text" : "value",
                    text.orElseGet(() -> Base64.getEncoder().encodeToString(bytes)));
        }
        json.writeEndObject();
    }

    private static byte[] bytesOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}
