package io.millrace.cli.format;

import com.google.protobuf.ByteString;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/** Bytes as data with a type, as the REST door shows them: JSON, else text, else base64. */
public final class TypedData {
    private TypedData() {}

    /** For JSON output: JSON in the bytes is copied character by character where it has no line ends itself. */
    public static Map<String, Object> forJson(ByteString bytes) {
        return of(bytes, true);
    }

    /** For any other output: JSON in the bytes becomes maps, lists and scalars. */
    public static Map<String, Object> parsed(ByteString bytes) {
        return of(bytes, false);
    }

    /** A header of a record; a null value stays null. */
    public static Map<String, Object> header(String name, @Nullable ByteString value) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", name);
        if (value != null && value.isValidUtf8()) {
            data.put("text", value.toStringUtf8());
        } else {
            data.put("value", value == null ? null : base64(value));
        }
        return data;
    }

    private static Map<String, Object> of(ByteString bytes, boolean copied) {
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

    private static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
