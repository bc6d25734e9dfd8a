package io.millrace.gateway.rest.write;

import io.millrace.core.metadata.ClusterImage;
import io.millrace.gateway.rest.cluster.ClusterPath;
import io.millrace.gateway.rest.problem.Problem;
import io.millrace.gateway.rest.problem.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes records; the content type says how the body holds them. */
@RestController
public final class RecordWriteResource {
    private static final String TAKEN =
            "application/json, application/x-ndjson, text/plain and application/octet-stream are";

    private final ClusterPath path;
    private final WriteDoors doors;
    private final Duration timeout;

    public RecordWriteResource(ClusterPath path, WriteDoors doors, Duration timeout) {
        this.path = path;
        this.doors = doors;
        this.timeout = timeout;
    }

    @PostMapping("/v3/clusters/{clusterId}/topics/{topicName}/records")
    void post(
            @PathVariable String clusterId,
            @PathVariable String topicName,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        WriteTarget target = target(clusterId, topicName);
        switch (contentType(request)) {
            case "application/json" ->
                doors.json().take(target, options(request, WriteOptions.OF_JSON).produce(), request, response);
            case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines" ->
                doors.lines()
                        .take(target, options(request, WriteOptions.OF_LINES), LineFormat.NDJSON, request, response);
            case "text/plain" ->
                doors.lines().take(target, options(request, WriteOptions.OF_TEXT), LineFormat.TEXT, request, response);
            case "application/octet-stream" ->
                doors.raw().take(target, options(request, WriteOptions.OF_TEXT), request, response);
            default -> throw notTaken(request.getContentType());
        }
    }

    @PostMapping("/v3/clusters/{clusterId}/topics/{topicName}/records:batch")
    void batch(
            @PathVariable String clusterId,
            @PathVariable String topicName,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        WriteTarget target = target(clusterId, topicName);
        if (!contentType(request).equals("application/json")) {
            throw notTaken(request.getContentType());
        }
        doors.batch().take(target, options(request, WriteOptions.OF_JSON).produce(), request, response);
    }

    private WriteTarget target(String clusterId, String topicName) {
        ClusterImage cluster = path.cluster(clusterId);
        return new WriteTarget(
                cluster.clusterId(), path.topic(cluster, topicName).name());
    }

    private WriteOptions options(HttpServletRequest request, List<String> known) {
        return WriteOptions.of(request, known, timeout);
    }

    private static String contentType(HttpServletRequest request) {
        String type = request.getContentType();
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw Problem.of(
                            ProblemKind.UNSUPPORTED_MEDIA_TYPE,
                            "A body with Content-Encoding " + encoding + " is not understood; send it as it is.")
                    .asException();
        }
        if (type == null) {
            throw notTaken(null);
        }
        try {
            MediaType media = MediaType.parseMediaType(type);
            return media.getType() + "/" + media.getSubtype();
        } catch (InvalidMediaTypeException wrong) {
            throw notTaken(type);
        }
    }

    private static RuntimeException notTaken(@Nullable String type) {
        String what = type == null ? "A body without a content type" : "The content type " + type;
        return Problem.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE, what + " is not understood here; " + TAKEN + ".")
                .asException();
    }
}
