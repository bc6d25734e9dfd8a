package io.millrace.gateway.rest.records;

import io.millrace.core.records.RecordHeader;
import io.millrace.gateway.produce.NewRecord;
import io.millrace.gateway.rest.problem.JsonProblems;
import io.millrace.gateway.rest.query.PlainValues;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a record as callers write it in JSON: Confluent's v3 shape, or a bare JSON value in the place of a key or value.
 * A member that is not known ends in an error, because a misspelt {@code value} would store a tombstone.
 */
public final class RecordParser {
    private @Nullable String id;
    private boolean hasKeyOrValue;
    private @Nullable TypedData key;
    private @Nullable TypedData value;
    private List<RecordHeader> headers = List.of();
    private OptionalInt partition = OptionalInt.empty();
    private OptionalLong timestamp = OptionalLong.empty();

    private RecordParser() {}

    /** The record that the JSON object is; throws the problem when it is none. */
    public static ParsedRecord parse(byte[] json) {
        return parse(json, false);
    }

    /** The entry of a batch that the JSON object is: a record with an {@code id}. */
    public static ParsedRecord parseEntry(byte[] json) {
        return parse(json, true);
    }

    private static ParsedRecord parse(byte[] json, boolean withId) {
        RecordParser record = new RecordParser();
        try (JsonParser parser = JsonText.parser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                record.member(name, parser, json, withId);
            }
        } catch (JacksonException wrong) {
            throw JsonProblems.unparsable(wrong).asException();
        }
        return record.build();
    }

    private void member(String name, JsonParser parser, byte[] json, boolean withId) {
        switch (name) {
            case "partition_id" -> partition = partition(parser);
            case "headers" -> headers = headers(parser);
            case "key" -> {
                key = DataParser.data(name, parser, json);
                hasKeyOrValue = true;
            }
            case "value" -> {
                value = DataParser.data(name, parser, json);
                hasKeyOrValue = true;
            }
            case "timestamp" -> timestamp = timestamp(parser);
            case "id" -> id = withId ? DataParser.text(name, parser) : unknown(name);
            default -> unknown(name);
        }
    }

    private ParsedRecord build() {
        if (!hasKeyOrValue) {
            throw DataParser.wrong("A record has a key or a value; write \"value\": null for a tombstone.");
        }
        NewRecord record = new NewRecord(bytes(key), bytes(value), headers, partition, timestamp);
        return new ParsedRecord(id, key, value, record);
    }

    private static @Nullable ByteBuffer bytes(@Nullable TypedData data) {
        return data == null ? null : data.bytes();
    }

    private static String unknown(String name) {
        throw DataParser.wrong(
                "A record has no member '" + name + "'; it has partition_id, timestamp, headers, key and value.");
    }

    private static OptionalInt partition(JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return OptionalInt.empty();
        }
        OptionalInt number = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                ? PlainValues.partition(parser.getString())
                : OptionalInt.empty();
        if (number.isEmpty()) {
            throw DataParser.wrong("partition_id is a number, 0 or more.");
        }
        return number;
    }

    private static OptionalLong timestamp(JsonParser parser) {
        OptionalLong millis = switch (parser.currentToken()) {
            case VALUE_STRING, VALUE_NUMBER_INT -> PlainValues.timestampMillis(parser.getString());
            default -> OptionalLong.empty();
        };
        if (millis.isEmpty() && parser.currentToken() != JsonToken.VALUE_NULL) {
            throw DataParser.wrong("timestamp is a time of RFC 3339 since 1970, or milliseconds since then.");
        }
        return millis;
    }

    private static List<RecordHeader> headers(JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return List.of();
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw DataParser.wrong("headers is an array of {\"name\", \"value\" or \"text\"}.");
        }
        List<RecordHeader> all = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            all.add(HeaderParser.header(parser));
        }
        return all;
    }
}
