package io.millrace.gateway.rest.write;

import io.millrace.gateway.rest.records.Octets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/**
 * Cuts a stream into lines at each line feed, which is the only byte that is taken away. A line over the limit is read over
 * without being kept.
 */
final class Lines {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream in;
    private final int limitBytes;
    private final LongConsumer hold;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;

    /**
     * Cuts the stream.
     *
     * @param hold hears how many bytes of an unfinished line are in memory; may end the reading by a problem
     */
    Lines(InputStream in, int limitBytes, LongConsumer hold) {
        this.in = in;
        this.limitBytes = limitBytes;
        this.hold = hold;
    }

    /** What came next. */
    sealed interface Line {
        /** A line. */
        record Whole(Octets bytes) implements Line {}

        /** A line that is larger than the limit. */
        record TooLarge(long sizeBytes) implements Line {}

        /** The stream is over; what stood behind the last line feed came as a line before. */
        record End() implements Line {}
    }

    /** Waits for the next line. */
    Line next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long size = 0;
        boolean begun = false;
        while (fill(line.size())) {
            begun = true;
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            size += end - position;
            if (size <= limitBytes) {
                line.write(buffer, position, end - position);
            } else {
                line = new ByteArrayOutputStream(0);
            }
            position = end;
            if (end < limit) {
                position++;
                return line(line, size);
            }
        }
        return begun ? line(line, size) : new Line.End();
    }

    /**
     * Says whether the next line is here already. When it is not, asking for it may wait; the container's own
     * {@code available()} is no better answer, for it also counts the bytes between two chunks of a body.
     */
    boolean nextIsHere() {
        for (int at = position; at < limit; at++) {
            if (buffer[at] == '\n') {
                return true;
            }
        }
        return false;
    }

    private Line line(ByteArrayOutputStream line, long size) {
        return size <= limitBytes ? new Line.Whole(Octets.of(line.toByteArray())) : new Line.TooLarge(size);
    }

    private boolean fill(long held) throws IOException {
        if (position == limit) {
            hold.accept(held);
            limit = Math.max(0, in.read(buffer, 0, buffer.length));
            position = 0;
        }
        return position < limit;
    }
}
