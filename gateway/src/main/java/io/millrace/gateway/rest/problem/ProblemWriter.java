package io.millrace.gateway.rest.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems as HTTP answers, whatever the request said that it accepts: an error is never a second error. */
public final class ProblemWriter {
    /** RFC 9457. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private final JsonMapper json;

    public ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /** Answers with the problem. Does nothing to an answer that is already on its way. */
    public void write(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(problem, request.getRequestURI(), request, response);
    }

    /** The same for a request that the container has sent on to an error page. */
    void write(Problem problem, String instance, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.kind().status());
        response.setContentType(MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        Duration retryAfter = problem.retryAfter();
        if (retryAfter != null) {
            response.setHeader("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
        }
        byte[] body = json.writeValueAsBytes(body(problem, instance, RequestIdFilter.idOf(request)));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    private static SequencedMap<String, Object> body(Problem problem, String instance, @Nullable String requestId) {
        SequencedMap<String, Object> body = problem.members();
        body.put("instance", instance);
        if (requestId != null) {
            body.put("request_id", requestId);
        }
        return body;
    }
}
