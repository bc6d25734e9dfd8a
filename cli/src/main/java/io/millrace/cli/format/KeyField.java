package io.millrace.cli.format;

import io.millrace.cli.session.CommandFailure;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** A field of JSON values that serves as the key: by JSON pointer (RFC 6901) or by names with dots between them. */
public final class KeyField {
    private final String named;
    private final JsonPointer pointer;

    public KeyField(String named) {
        this.named = named;
        try {
            this.pointer = JsonPointer.compile(named.startsWith("/") ? named : "/" + named.replace('.', '/'));
        } catch (IllegalArgumentException malformed) {
            throw CommandFailure.usage("\"" + named + "\" is neither a JSON pointer like /a/b nor names like a.b.");
        }
    }

    /**
     * The text of the field as it stands in the JSON, numbers included; nothing when it is null.
     *
     * @param line where the value begins in the input, for the message when it has no such field
     */
    public Optional<byte[]> of(byte[] value, long line) {
        try (JsonParser parser = JsonMapper.shared().createParser(value)) {
            return find(parser, pointer, line);
        } catch (JacksonException malformed) {
            throw CommandFailure.failed("The value in line " + line
                    + " is not JSON, so it has no field for the key; leave --key-field out or correct the input.");
        }
    }

    private Optional<byte[]> find(JsonParser parser, JsonPointer wanted, long line) {
        JsonToken token = parser.nextToken();
        if (wanted.matches()) {
            return text(parser, token, line);
        }
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                JsonPointer inside = wanted.matchProperty(parser.currentName());
                if (inside != null) {
                    return find(parser, inside, line);
                }
                parser.nextToken();
                parser.skipChildren();
            }
        } else if (token == JsonToken.START_ARRAY && wanted.mayMatchElement()) {
            return element(parser, wanted, line);
        }
        throw missing(line);
    }

    private Optional<byte[]> element(JsonParser parser, JsonPointer wanted, long line) {
        for (int skipped = 0; skipped < wanted.getMatchingIndex(); skipped++) {
            if (parser.nextToken() == JsonToken.END_ARRAY) {
                throw missing(line);
            }
            parser.skipChildren();
        }
        return find(parser, wanted.tail(), line);
    }

    private CommandFailure missing(long line) {
        return CommandFailure.failed("The value in line " + line + " has no field " + named
                + "; name one that every value has, or leave --key-field out.");
    }

    private Optional<byte[]> text(JsonParser parser, JsonToken token, long line) {
        if (token == JsonToken.VALUE_NULL) {
            return Optional.empty();
        }
        if (token == null || !token.isScalarValue()) {
            throw CommandFailure.failed("The field " + named + " in line " + line
                    + " is not text or a number; name one that is, or leave --key-field out.");
        }
        return Optional.of(parser.getString().getBytes(StandardCharsets.UTF_8));
    }
}
