package io.millrace.gateway.rest.read;

import io.millrace.gateway.read.Cursor;
import io.millrace.gateway.rest.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Server-sent events (WHATWG HTML, section 9.2). Each record is a message whose id is the cursor behind it, so that a browser
 * which connects again goes on there. The events {@code problem} and {@code end} say why a stream ended: a browser would
 * otherwise connect again at once.
 */
final class ServerSentEvents implements StreamFormat {
    static final String MEDIA_TYPE = "text/event-stream";

    private static final int RECONNECT_MILLIS = 1000;

    private final OutputStream out;
    private final JsonMapper json;

    ServerSentEvents(OutputStream out, JsonMapper json) {
        this.out = out;
        this.json = json;
    }

    @Override
    public String mediaType() {
        return MEDIA_TYPE;
    }

    @Override
    public void begin() throws IOException {
        write("retry: " + RECONNECT_MILLIS + "\n\n");
    }

    @Override
    public void record(byte[] record, Optional<Cursor> behind) throws IOException {
        if (behind.isPresent()) {
            write("id: " + behind.get().encode() + "\n");
        }
        write("data: ");
        out.write(record);
        write("\n\n");
    }

    /** An event without data is not shown to the page, but its id is kept: a filter that drops much is passed only once. */
    @Override
    public void idle(Cursor at) throws IOException {
        write(": alive\nid: " + at.encode() + "\n\n");
    }

    @Override
    public void failed(Problem problem) throws IOException {
        write("event: problem\ndata: " + json.writeValueAsString(problem.members()) + "\n\n");
    }

    @Override
    public void end(Cursor at) throws IOException {
        String cursor = at.encode();
        write("event: end\nid: " + cursor + "\ndata: {\"cursor\":\"" + cursor + "\"}\n\n");
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
