package io.millrace.gateway.rest.read;

import io.millrace.gateway.read.Cursor;
import io.millrace.gateway.rest.problem.Problem;
import java.io.IOException;
import java.util.Optional;

/** How a stream of records looks on the wire. */
interface StreamFormat {
    /** The content type. */
    String mediaType();

    /** What comes before the first record. */
    void begin() throws IOException;

    /**
     * A record.
     *
     * @param json the record on one line
     * @param behind where the stream is behind the record, when it is worth telling
     */
    void record(byte[] json, Optional<Cursor> behind) throws IOException;

    /** A sign of life in place of records, where the stream is now. */
    void idle(Cursor at) throws IOException;

    /** What ended the stream early. */
    void failed(Problem problem) throws IOException;

    /** The stream is over because it came to the limit or end that its reader asked for. */
    void end(Cursor at) throws IOException;
}
