package io.millrace.gateway.rest.read;

import io.millrace.gateway.read.Cursor;
import io.millrace.gateway.rest.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * NDJSON: a record a line. A sign of life is an empty line, which readers of NDJSON pass over; a last line with an
 * {@code error_code} says that the stream did not come to the end that was asked for.
 */
final class RecordLines implements StreamFormat {
    static final String MEDIA_TYPE = "application/x-ndjson";

    private final OutputStream out;
    private final JsonMapper json;

    RecordLines(OutputStream out, JsonMapper json) {
        this.out = out;
        this.json = json;
    }

    @Override
    public String mediaType() {
        return MEDIA_TYPE;
    }

    @Override
    public void begin() {}

    @Override
    public void record(byte[] record, Optional<Cursor> behind) throws IOException {
        out.write(record);
        out.write('\n');
    }

    @Override
    public void idle(Cursor at) throws IOException {
        out.write('\n');
    }

    @Override
    public void failed(Problem problem) throws IOException {
        out.write((json.writeValueAsString(problem.members()) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void end(Cursor at) {}
}
