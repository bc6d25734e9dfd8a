package io.millrace.gateway.rest.write;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers that are one JSON object on one line. */
final class Answers {
    static final String JSON = "application/json";
    /** RFC 4918, section 11.1: each part has a status of its own. */
    static final int MULTI_STATUS = 207;

    private Answers() {}

    static void json(JsonMapper json, HttpServletResponse response, int status, Map<String, Object> body)
            throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        response.setStatus(status);
        response.setContentType(JSON);
        response.setContentLength(bytes.length + 1);
        response.getOutputStream().write(bytes);
        response.getOutputStream().write('\n');
    }
}
