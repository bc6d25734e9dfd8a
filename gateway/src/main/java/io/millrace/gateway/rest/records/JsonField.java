package io.millrace.gateway.rest.records;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;

/** Finds one value inside a JSON text without reading more of it than needed. */
public final class JsonField {
    private JsonField() {}

    /**
     * The value that the pointer leads to, as it would be stored as a key: a string as text, null as no bytes, anything else
     * as JSON. Empty when there is none, or the text is no JSON up to there.
     */
    public static Optional<TypedData> find(byte[] json, JsonPointer pointer) {
        try (JsonParser parser = JsonText.parser(json)) {
            parser.nextToken();
            @Nullable JsonPointer rest = pointer;
            while (rest != null && !rest.matches()) {
                if (!descend(parser, rest)) {
                    return Optional.empty();
                }
                rest = rest.tail();
            }
            @Nullable TypedData found = DataParser.bare("the key", parser, json);
            return Optional.of(found == null ? new TypedData(DataType.JSON, null) : found);
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static boolean descend(JsonParser parser, JsonPointer step) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean found = parser.currentName().equals(step.getMatchingProperty());
                parser.nextToken();
                if (found) {
                    return true;
                }
                parser.skipChildren();
            }
            return false;
        }
        if (token == JsonToken.START_ARRAY) {
            int index = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (index++ == step.getMatchingIndex()) {
                    return true;
                }
                parser.skipChildren();
            }
        }
        return false;
    }
}
