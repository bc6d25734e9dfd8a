package io.millrace.gateway.rest.records;

import io.millrace.gateway.rest.problem.JsonProblems;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the body of a batch, {@code {"entries": [...]}}, far enough to tell its entries apart. */
public final class BatchEntries {
    private BatchEntries() {}

    /**
     * One entry, whose record may still turn out to be none.
     *
     * @param id as it stands there; empty when there is none
     * @param json the whole entry
     */
    public record Entry(String id, Octets json) {
        /** The record of the entry; throws the problem when it is none. */
        public ParsedRecord parse() {
            return RecordParser.parseEntry(json.array());
        }
    }

    /** The entries of the body; throws the problem when it is no batch, an empty one, or one with too many entries. */
    public static List<Entry> parse(byte[] body, int entriesMax) {
        List<Entry> entries = new ArrayList<>();
        try (JsonParser parser = JsonText.parser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT
                    || parser.nextToken() != JsonToken.PROPERTY_NAME
                    || !parser.currentName().equals("entries")
                    || parser.nextToken() != JsonToken.START_ARRAY) {
                throw DataParser.wrong("A batch is an object with nothing but an array \"entries\".");
            }
            while (parser.nextToken() == JsonToken.START_OBJECT && entries.size() <= entriesMax) {
                entries.add(entry(JsonText.cut(parser, body)));
            }
            if (entries.isEmpty() || entries.size() > entriesMax) {
                throw DataParser.wrong("A batch has from 1 to " + entriesMax + " entries, each an object.");
            }
            if (parser.currentToken() != JsonToken.END_ARRAY
                    || parser.nextToken() != JsonToken.END_OBJECT
                    || parser.nextToken() != null) {
                throw DataParser.wrong("A batch is an object with nothing but an array \"entries\" of objects.");
            }
        } catch (JacksonException wrong) {
            throw JsonProblems.unparsable(wrong).asException();
        }
        return entries;
    }

    private static Entry entry(byte[] json) {
        String id = "";
        try (JsonParser parser = JsonText.parser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean isId = parser.currentName().equals("id");
                if (parser.nextToken() == JsonToken.VALUE_STRING && isId) {
                    id = parser.getString();
                }
                parser.skipChildren();
            }
        }
        return new Entry(id, Octets.of(json));
    }
}
