package io.millrace.gateway.rest.write;

import io.millrace.core.model.Acks;
import io.millrace.core.records.Compression;
import io.millrace.core.records.RecordHeader;
import io.millrace.gateway.produce.ProduceOptions;
import io.millrace.gateway.produce.RecordIdentity;
import io.millrace.gateway.rest.query.Query;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * What query and headers say about all records of a request.
 *
 * @param key of each record whose body has no place for one
 * @param keyField where lines of JSON have their key
 */
record WriteOptions(
        ProduceOptions produce,
        OptionalInt partition,
        OptionalLong timestampMillis,
        Optional<String> key,
        Optional<KeyField> keyField,
        List<RecordHeader> headers) {
    /** What the query of records in JSON may say, which say the rest themselves. */
    static final List<String> OF_JSON = List.of("acks", "compression");

    /** What the query of lines may say. */
    static final List<String> OF_LINES = List.of("acks", "compression", "partition", "timestamp", "key", "key_field");

    /** What the query of text or of a raw value may say. */
    static final List<String> OF_TEXT = List.of("acks", "compression", "partition", "timestamp", "key");

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final String HEADER_PREFIX = "millrace-header-";
    private static final SequencedMap<String, Acks> ACKS = new LinkedHashMap<>();
    private static final SequencedMap<String, Compression> CODECS = new LinkedHashMap<>();

    static {
        ACKS.put("all", Acks.ALL);
        ACKS.put("leader", Acks.LEADER);
        ACKS.put("none", Acks.NONE);
        ACKS.put("-1", Acks.ALL);
        ACKS.put("1", Acks.LEADER);
        ACKS.put("0", Acks.NONE);
        for (Compression codec : Compression.values()) {
            CODECS.put(codec.name().toLowerCase(Locale.ROOT), codec);
        }
    }

    static WriteOptions of(HttpServletRequest request, List<String> known, Duration timeout) {
        Query query = Query.of(request, known);
        ProduceOptions produce = new ProduceOptions(
                query.oneOf("acks", ACKS).orElse(Acks.ALL),
                query.oneOf("compression", CODECS).orElse(Compression.NONE),
                timeout,
                identityOf(request));
        Optional<String> key = query.text("key");
        Optional<KeyField> keyField = query.text("key_field").map(KeyField::of);
        if (key.isPresent() && keyField.isPresent()) {
            throw Query.wrong("Either key or key_field gives the key, not both.");
        }
        return new WriteOptions(
                produce,
                query.partition("partition"),
                query.timestampMillis("timestamp"),
                key,
                keyField,
                headersOf(request));
    }

    private static Optional<RecordIdentity> identityOf(HttpServletRequest request) {
        String key = request.getHeader(IDEMPOTENCY_KEY);
        if (key == null) {
            return Optional.empty();
        }
        Optional<String> problem = RecordIdentity.problemOf(key);
        if (problem.isPresent()) {
            throw Query.wrong("The header " + IDEMPOTENCY_KEY + " is impossible. " + problem.get());
        }
        return Optional.of(RecordIdentity.of(IDEMPOTENCY_KEY, key));
    }

    /** The container hands header names over in lower case, and their bytes as Latin-1. */
    private static List<RecordHeader> headersOf(HttpServletRequest request) {
        List<RecordHeader> headers = new ArrayList<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            if (name.toLowerCase(Locale.ROOT).startsWith(HEADER_PREFIX)) {
                for (String value : Collections.list(request.getHeaders(name))) {
                    headers.add(new RecordHeader(
                            name.substring(HEADER_PREFIX.length()).toLowerCase(Locale.ROOT),
                            ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1))));
                }
            }
        }
        return headers;
    }
}
