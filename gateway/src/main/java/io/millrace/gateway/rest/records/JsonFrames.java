package io.millrace.gateway.rest.records;

import io.millrace.gateway.rest.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/**
 * Cuts concatenated JSON objects out of a stream by their braces, so that each can be handed on while the next is still
 * on its way, and so that none needs more memory than the limit. Whether an object is well formed is for the parser.
 */
public final class JsonFrames {
    private static final int BUFFER_BYTES = 8 * 1024;

    private final InputStream in;
    private final int limitBytes;
    private final LongConsumer hold;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long held;

    /**
     * Cuts the stream.
     *
     * @param hold hears how many bytes of an unfinished object are in memory; may end the reading by a problem
     */
    public JsonFrames(InputStream in, int limitBytes, LongConsumer hold) {
        this.in = in;
        this.limitBytes = limitBytes;
        this.hold = hold;
    }

    /** What came next. */
    public sealed interface Frame {
        /** One object. */
        record Whole(Octets json) implements Frame {}

        /** One object that is larger than the limit; it was read over. */
        record TooLarge(long sizeBytes) implements Frame {}

        /** Something that is no object, or an object without its end: nothing behind it can be found. */
        record Broken(String message) implements Frame {}

        /** There was no room for the next object; nothing behind it can be found. */
        record Refused(Problem problem) implements Frame {}

        /** The stream is over. */
        record End() implements Frame {}
    }

    /** Waits for the next object. */
    public Frame next() throws IOException {
        held = 0;
        int first = skipSpace();
        if (first < 0) {
            return new Frame.End();
        }
        if (first != '{') {
            return new Frame.Broken("A record is a JSON object; what came does not begin with '{'.");
        }
        return object();
    }

    /** Says whether only white space is left; waits for the next byte that is not. */
    public boolean atEnd() throws IOException {
        int next = skipSpace();
        if (next >= 0) {
            position--;
        }
        return next < 0;
    }

    private Frame object() throws IOException {
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        object.write('{');
        long size = 1;
        int depth = 1;
        boolean inString = false;
        boolean escaped = false;
        while (depth > 0) {
            int b = read();
            if (b < 0) {
                return new Frame.Broken("The body ends in the middle of a record.");
            }
            if (b == 0) {
                return new Frame.Broken("JSON in UTF-8 has no zero bytes.");
            }
            if (++size <= limitBytes) {
                object.write(b);
                held = size;
            }
            if (inString) {
                inString = escaped || b != '"';
                escaped = !escaped && b == '\\';
            } else if (b == '"') {
                inString = true;
            } else if (b == '{') {
                depth++;
            } else if (b == '}') {
                depth--;
            }
        }
        return size <= limitBytes ? new Frame.Whole(Octets.of(object.toByteArray())) : new Frame.TooLarge(size);
    }

    private int skipSpace() throws IOException {
        int b = read();
        while (b >= 0 && JsonText.isSpace((byte) b)) {
            b = read();
        }
        return b;
    }

    private int read() throws IOException {
        if (position == limit) {
            hold.accept(held);
            limit = in.read(buffer, 0, buffer.length);
            position = 0;
            if (limit <= 0) {
                limit = 0;
                return -1;
            }
        }
        return buffer[position++] & 0xFF;
    }
}
