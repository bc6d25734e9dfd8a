package io.millrace.gateway.rest.records;

import io.millrace.gateway.rest.problem.Problem;
import io.millrace.gateway.rest.problem.ProblemKind;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a key or value. An object whose members are {@code type} and {@code data}, with one of Confluent's types, says
 * what it is; a bare string is a STRING; any other JSON value is stored as the JSON that it is, without white space
 * between its parts.
 */
final class DataParser {
    private static final Set<String> NEED_A_SCHEMA = Set.of("AVRO", "JSONSCHEMA", "PROTOBUF");

    private static final Set<String> OF_A_SCHEMA =
            Set.of("schema", "schema_id", "schema_version", "subject", "subject_name_strategy");

    private DataParser() {}

    static @Nullable TypedData data(String name, JsonParser parser, byte[] json) {
        return parser.currentToken() == JsonToken.START_OBJECT
                ? object(name, JsonText.cut(parser, json))
                : bare(name, parser, json);
    }

    /** A value that does not say its type. */
    static @Nullable TypedData bare(String name, JsonParser parser, byte[] json) {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> new TypedData(DataType.STRING, utf8(name, parser.getString()));
            default -> json(JsonText.cut(parser, json));
        };
    }

    static String text(String name, JsonParser parser) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong(name + " is a string.");
        }
        return parser.getString();
    }

    static ByteBuffer utf8(String name, String text) {
        return JsonText.bytes(text)
                .orElseThrow(() -> wrong(name + " has half a surrogate pair, which UTF-8 cannot say."));
    }

    static ByteBuffer base64(String name, String text) {
        try {
            return ByteBuffer.wrap(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException notBase64) {
            throw wrong("What stands for " + name + " is not base64 (RFC 4648, section 4).");
        }
    }

    static RuntimeException wrong(String detail) {
        return Problem.of(ProblemKind.UNPARSABLE, detail).asException();
    }

    private static TypedData json(byte[] json) {
        return new TypedData(DataType.JSON, ByteBuffer.wrap(JsonText.compact(json)));
    }

    private static @Nullable TypedData object(String name, byte[] object) {
        @Nullable String type = null;
        byte @Nullable [] data = null;
        boolean schema = false;
        try (JsonParser parser = JsonText.parser(object)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String member = parser.currentName();
                JsonToken token = parser.nextToken();
                if (member.equals("type") && token == JsonToken.VALUE_STRING) {
                    type = parser.getString();
                } else if (member.equals("data")) {
                    data = JsonText.cut(parser, object);
                } else if (OF_A_SCHEMA.contains(member)) {
                    schema = true;
                    parser.skipChildren();
                } else {
                    return json(object);
                }
            }
        }
        if (type == null || data == null || (schema && !NEED_A_SCHEMA.contains(type))) {
            return json(object);
        }
        return typed(name, type, data, object);
    }

    private static @Nullable TypedData typed(String name, String type, byte[] data, byte[] object) {
        if (NEED_A_SCHEMA.contains(type)) {
            throw Problem.of(
                            ProblemKind.NOT_OFFERED,
                            "Schemas are not offered, so the type " + type + " of the " + name
                                    + " is not either; BINARY, JSON and STRING are.")
                    .asException();
        }
        return switch (type) {
            case "JSON" -> json(data);
            case "STRING", "BINARY" -> typedText(name, DataType.valueOf(type), data);
            default -> json(object);
        };
    }

    private static @Nullable TypedData typedText(String name, DataType type, byte[] data) {
        try (JsonParser parser = JsonText.parser(data)) {
            if (parser.nextToken() == JsonToken.VALUE_NULL) {
                return null;
            }
            String text = text("data of the " + name, parser);
            return new TypedData(type, type == DataType.STRING ? utf8(name, text) : base64("the " + name, text));
        }
    }
}
