package io.millrace.gateway.rest.records;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON texts as bytes of UTF-8. They are checked and cut, never turned into numbers and back, so that no digit and no
 * escape changes on its way through.
 */
public final class JsonText {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonText() {}

    /** The text behind the bytes, if they are UTF-8. */
    public static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    /** The bytes of a text, if UTF-8 can say it: half a surrogate pair cannot be said. */
    public static Optional<ByteBuffer> bytes(String text) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)));
        } catch (CharacterCodingException halfPair) {
            return Optional.empty();
        }
    }

    /** Says whether the bytes, which are UTF-8, are exactly one JSON value with nothing but white space around it. */
    public static boolean isJson(byte[] bytes) {
        if (!mayBegin(bytes)) {
            return false;
        }
        try (JsonParser parser = parser(bytes)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            parser.finishToken();
            return parser.nextToken() == null;
        } catch (JacksonException notJson) {
            return false;
        }
    }

    /** The same JSON value without white space between its parts; the bytes are one JSON value. */
    public static byte[] compact(byte[] json) {
        byte[] out = new byte[json.length];
        int length = 0;
        boolean inString = false;
        boolean escaped = false;
        for (byte b : json) {
            if (!inString && isSpace(b)) {
                continue;
            }
            out[length++] = b;
            if (inString) {
                inString = escaped || b != '"';
                escaped = !escaped && b == '\\';
            } else {
                inString = b == '"';
            }
        }
        return length == json.length ? out : Arrays.copyOf(out, length);
    }

    static JsonParser parser(byte[] json) {
        return JSON.createParser(ObjectReadContext.empty(), json);
    }

    /**
     * The bytes of the value that the parser stands at, which is then behind it. Numbers and literals end before a
     * delimiter, which the parser may have looked at already.
     */
    static byte[] cut(JsonParser parser, byte[] json) {
        int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        boolean scalar = parser.currentToken().isScalarValue();
        parser.skipChildren();
        parser.finishToken();
        int end = scalar
                ? endOfScalar(json, start)
                : Math.toIntExact(parser.currentLocation().getByteOffset());
        return Arrays.copyOfRange(json, start, end);
    }

    private static int endOfScalar(byte[] json, int start) {
        int at = start;
        while (at < json.length && ",]} \t\r\n".indexOf(json[at]) < 0) {
            at++;
        }
        return at;
    }

    /** Keeps Jackson from guessing UTF-16 or a byte order mark: a JSON text in UTF-8 begins so and has no zero byte. */
    private static boolean mayBegin(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return false;
            }
        }
        for (byte b : bytes) {
            if (!isSpace(b)) {
                return b == '{' || b == '[' || b == '"' || b == '-' || b == 't' || b == 'f' || b == 'n' || isDigit(b);
            }
        }
        return false;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
