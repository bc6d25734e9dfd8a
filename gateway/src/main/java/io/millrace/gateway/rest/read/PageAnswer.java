package io.millrace.gateway.rest.read;

import io.millrace.core.api.Refusal;
import io.millrace.gateway.read.PartitionEdges;
import io.millrace.gateway.read.ReadPage;
import io.millrace.gateway.read.ReadRecord;
import io.millrace.gateway.read.ReadRequest;
import io.millrace.gateway.rest.problem.Problem;
import io.millrace.gateway.rest.problem.ProblemKind;
import io.millrace.gateway.rest.problem.Refusals;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * One page of records as one JSON object. The page is read before anything is written, so an error is a status; its records
 * are written one by one, so the text of all of them is never in memory at once.
 */
final class PageAnswer {
    private final RecordSource source;
    private final JsonMapper json;

    PageAnswer(RecordSource source, JsonMapper json) {
        this.source = source;
        this.json = json;
    }

    void write(ReadTarget target, ReadOptions options, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ReadRequest page = new ReadRequest(
                source.begin(target, options.start()),
                (int) options.limit().orElse(ReadOptions.PAGE_RECORDS),
                options.maxBytes(),
                options.maxWait(),
                options.isolation(),
                options.filter());
        Optional<ReadPage> read = source.next(page);
        if (read.isEmpty()) {
            throw Problem.of(ProblemKind.SHUTTING_DOWN, "This gateway stops; another goes on from the same cursor.")
                    .asException();
        }
        response.setContentType("application/json");
        OutputStream out = response.getOutputStream();
        out.write(utf8("{\"records\":["));
        String separator = "\n";
        for (ReadRecord record : read.get().records()) {
            out.write(utf8(separator));
            out.write(options.format().line(record));
            separator = ",\n";
        }
        String rest = json.writeValueAsString(rest(read.get(), request));
        out.write(utf8("],\n" + rest.substring(1) + "\n"));
    }

    private static Map<String, Object> rest(ReadPage page, HttpServletRequest request) {
        String cursor = page.next().encode();
        Map<String, Object> rest = new LinkedHashMap<>();
        rest.put("cursor", cursor);
        rest.put("next", next(request, cursor));
        rest.put("at_end", page.atEnd());
        rest.put("records_to_end", page.recordsToEnd());
        rest.put("records_scanned", page.recordsScanned());
        rest.put("bytes_scanned", page.bytesScanned());
        List<Map<String, Object>> partitions =
                page.partitions().stream().map(PageAnswer::edges).toList();
        rest.put("partitions", partitions);
        return rest;
    }

    private static String next(HttpServletRequest request, String cursor) {
        return ServletUriComponentsBuilder.fromRequest(request)
                .replaceQueryParam("from")
                .replaceQueryParam("cursor", cursor)
                .toUriString();
    }

    private static Map<String, Object> edges(PartitionEdges edges) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("partition", edges.partition().partition());
        Optional<Refusal> problem = edges.problem();
        if (problem.isPresent()) {
            shape.put("error", Refusals.problemOf(problem.get()).members());
        } else {
            shape.put("log_start_offset", edges.logStartOffset());
            shape.put("last_stable_offset", edges.lastStableOffset());
            shape.put("high_watermark", edges.highWatermark());
        }
        return shape;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
