package io.millrace.gateway.rest.records;

import io.millrace.core.records.RecordHeader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one header of a record: {@code {"name": "a", "value": base64}} or {@code {"name": "a", "text": "plain"}}. */
final class HeaderParser {
    private HeaderParser() {}

    static RecordHeader header(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw DataParser.wrong("A header is an object with \"name\" and \"value\" or \"text\".");
        }
        @Nullable String name = null;
        @Nullable ByteBuffer value = null;
        int values = 0;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String member = parser.currentName();
            parser.nextToken();
            switch (member) {
                case "name" -> name = DataParser.text(member, parser);
                case "value" -> {
                    value = isNull(parser) ? null : DataParser.base64("the header", DataParser.text(member, parser));
                    values++;
                }
                case "text" -> {
                    value = isNull(parser) ? null : DataParser.utf8("the header", DataParser.text(member, parser));
                    values++;
                }
                default -> throw DataParser.wrong("A header has no member '" + member + "'.");
            }
        }
        if (name == null || values > 1) {
            throw DataParser.wrong("A header has a \"name\" and either \"value\" (base64) or \"text\".");
        }
        return new RecordHeader(name, value);
    }

    private static boolean isNull(JsonParser parser) {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }
}
