package io.millrace.cli.consume;

import com.google.protobuf.ByteString;
import io.millrace.cli.format.Timestamps;
import io.millrace.cli.output.Answer;
import io.millrace.cli.output.OutputFormat;
import io.millrace.v1.Header;
import io.millrace.v1.Record;
import io.millrace.v1.TimestampType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/** A record as an object, the same as the REST door's: keys and values are JSON, else text, else base64. */
final class RecordJson {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private RecordJson() {}

    /** The object on one line; JSON inside it is copied character by character where it has no line ends itself. */
    static void line(Record record, OutputStream out) throws IOException {
        out.write(JsonMapper.shared().writeValueAsBytes(data(record, true)));
        out.write('\n');
    }

    /** The object as a YAML document. */
    static void yaml(Record record, OutputStream out) throws IOException {
        Answer answer = Answer.facts(data(record, false));
        out.write(("---\n" + answer.in(OutputFormat.YAML)).getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> data(Record record, boolean copied) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("topic", record.getTopic());
        data.put("partition", record.getPartition());
        data.put("offset", record.getOffset());
        data.put("timestamp", MILLIS.format(Timestamps.instant(record.getTimestamp())));
        data.put(
                "timestamp_type",
                record.getTimestampType() == TimestampType.TIMESTAMP_TYPE_LOG_APPEND_TIME ? "append" : "create");
        data.put("leader_epoch", record.getLeaderEpoch());
        data.put("key", record.hasKey() ? typed(record.getKey(), copied) : null);
        data.put("value", record.hasValue() ? typed(record.getValue(), copied) : null);
        data.put(
                "headers",
                record.getHeadersList().stream().map(RecordJson::header).toList());
        return data;
    }

    private static Map<String, Object> typed(ByteString bytes, boolean copied) {
        if (!bytes.isValidUtf8()) {
            return typed("BINARY", base64(bytes));
        }
        String text = bytes.toStringUtf8();
        return isJson(text) ? typed("JSON", json(text, copied)) : typed("STRING", text);
    }

    private static Map<String, Object> typed(String type, @Nullable Object data) {
        Map<String, Object> typed = new LinkedHashMap<>();
        typed.put("type", type);
        typed.put("data", data);
        return typed;
    }

    /** Something that is written as that JSON. */
    private static @Nullable Object json(String text, boolean copied) {
        boolean oneLine = text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
        return copied && oneLine ? new RawValue(text) : JsonMapper.shared().readValue(text, Object.class);
    }

    private static boolean isJson(String text) {
        try (JsonParser parser = JsonMapper.shared().createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException other) {
            return false;
        }
    }

    private static Map<String, Object> header(Header header) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", header.getKey());
        if (header.hasValue() && header.getValue().isValidUtf8()) {
            data.put("text", header.getValue().toStringUtf8());
        } else {
            data.put("value", header.hasValue() ? base64(header.getValue()) : null);
        }
        return data;
    }

    private static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
