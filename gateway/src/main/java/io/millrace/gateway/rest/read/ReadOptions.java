package io.millrace.gateway.rest.read;

import io.millrace.core.model.IsolationLevel;
import io.millrace.core.records.RecordHeader;
import io.millrace.gateway.read.RecordFilter;
import io.millrace.gateway.rest.problem.Problem;
import io.millrace.gateway.rest.problem.ProblemKind;
import io.millrace.gateway.rest.query.Query;
import io.millrace.gateway.rest.records.RecordJson;
import io.millrace.gateway.rest.records.ValueFormat;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * What a query says about a read.
 *
 * @param limit records after which it is over
 * @param maxBytes of one page
 * @param maxWait how long a page waits for its first record
 * @param untilEnd stops at what was the end at first
 */
record ReadOptions(
        Start start,
        OptionalLong limit,
        long maxBytes,
        Duration maxWait,
        IsolationLevel isolation,
        RecordFilter filter,
        boolean untilEnd,
        RecordJson format) {
    static final long PAGE_RECORDS_MAX = 10_000;
    static final long PAGE_RECORDS = 100;

    private static final long PAGE_BYTES_MAX = 8L << 20;
    private static final long PAGE_BYTES = 1L << 20;
    private static final List<String> SHARED = List.of(
            "from",
            "cursor",
            "limit",
            "key",
            "key_prefix",
            "header.",
            "contains",
            "isolation",
            "value_format",
            "key_format",
            "filter");
    private static final List<String> OF_PAGES = with(SHARED, "max_bytes", "wait");
    private static final List<String> OF_STREAMS = with(SHARED, "until");
    private static final SequencedMap<String, IsolationLevel> ISOLATION = new LinkedHashMap<>();
    private static final SequencedMap<String, Boolean> UNTIL = new LinkedHashMap<>();

    static {
        ISOLATION.put("read_uncommitted", IsolationLevel.READ_UNCOMMITTED);
        ISOLATION.put("read_committed", IsolationLevel.READ_COMMITTED);
        UNTIL.put("end", true);
    }

    /** What the query of one page says. */
    static ReadOptions ofPage(HttpServletRequest request, Duration waitMax) {
        Query query = Query.of(request, OF_PAGES);
        return new ReadOptions(
                Start.of(query, Optional.empty()),
                OptionalLong.of(query.number("limit", 1, PAGE_RECORDS_MAX).orElse(PAGE_RECORDS)),
                query.number("max_bytes", 1, PAGE_BYTES_MAX).orElse(PAGE_BYTES),
                query.duration("wait", waitMax).orElse(Duration.ZERO),
                isolation(query),
                filter(query),
                false,
                format(query));
    }

    /** What the query of a stream says, and the last event that its reader has seen. */
    static ReadOptions ofStream(HttpServletRequest request, Duration keepAlive) {
        Query query = Query.of(request, OF_STREAMS);
        return new ReadOptions(
                Start.of(query, Optional.ofNullable(request.getHeader("Last-Event-ID"))),
                query.number("limit", 1, Long.MAX_VALUE),
                PAGE_BYTES,
                keepAlive,
                isolation(query),
                filter(query),
                query.oneOf("until", UNTIL).orElse(false),
                format(query));
    }

    private static IsolationLevel isolation(Query query) {
        return query.oneOf("isolation", ISOLATION).orElse(IsolationLevel.READ_UNCOMMITTED);
    }

    private static RecordJson format(Query query) {
        return new RecordJson(
                query.oneOf("key_format", ValueFormat.names()).orElse(ValueFormat.AUTO),
                query.oneOf("value_format", ValueFormat.names()).orElse(ValueFormat.AUTO));
    }

    private static RecordFilter filter(Query query) {
        if (query.text("filter").isPresent()) {
            throw Problem.of(
                            ProblemKind.NOT_OFFERED,
                            "Expressions in 'filter' are not offered yet; key, key_prefix, contains and header.<name>"
                                    + " are.")
                    .asException();
        }
        List<RecordHeader> headers = new ArrayList<>();
        query.beginningWith("header.").forEach((name, text) -> headers.add(new RecordHeader(name, utf8(text))));
        RecordFilter filter = new RecordFilter(null, null, null, headers);
        filter = query.text("key").map(filter::withKey).orElse(filter);
        filter = query.text("key_prefix").map(filter::withKeyPrefix).orElse(filter);
        return query.text("contains").map(filter::withValueContaining).orElse(filter);
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> with(List<String> names, String... more) {
        List<String> all = new ArrayList<>(names);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }
}
