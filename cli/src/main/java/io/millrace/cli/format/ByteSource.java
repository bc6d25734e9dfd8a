package io.millrace.cli.format;

import io.millrace.cli.session.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads bytes up to delimiters, with a limit, counting bytes and lines. */
final class ByteSource {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int NO_MORE = -1;

    private final InputStream in;
    private final int fieldBytesMax;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long consumed;
    private long line = 1;
    private byte[] field = new byte[256];
    private int fieldSize;

    /** What ended a field. */
    enum End {
        DELIMITER,
        TERMINATOR,
        INPUT
    }

    /** @param fieldBytesMax nothing longer than this is gathered in memory */
    ByteSource(InputStream in, int fieldBytesMax) {
        this.in = in;
        this.fieldBytesMax = fieldBytesMax;
    }

    /** The line where the next byte stands, from 1. */
    long line() {
        return line;
    }

    /** Bytes read so far. */
    long consumed() {
        return consumed;
    }

    boolean atEnd() {
        return position == limit && !fill();
    }

    /** Whether the next byte may be long in coming. */
    boolean idle() {
        try {
            return position == limit && in.available() == 0;
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    /**
     * Gathers a field up to the delimiter, or to what ends the whole record, or to the end of the input.
     *
     * @param delimiter ends the field and is stepped over; empty for none
     * @param terminator ends the record; empty for none
     */
    End readUntil(byte[] delimiter, byte[] terminator) {
        fieldSize = 0;
        while (true) {
            int next = next();
            if (next == NO_MORE) {
                return End.INPUT;
            }
            append((byte) next);
            if (endsWith(delimiter)) {
                fieldSize -= delimiter.length;
                return End.DELIMITER;
            }
            if (endsWith(terminator)) {
                fieldSize -= terminator.length;
                return End.TERMINATOR;
            }
        }
    }

    /** Gathers a field of exactly so many bytes; false when the input ends before. */
    boolean readExactly(int length) {
        fieldSize = 0;
        for (int taken = 0; taken < length; taken++) {
            int next = next();
            if (next == NO_MORE) {
                return false;
            }
            append((byte) next);
        }
        return true;
    }

    /** The field gathered last. */
    byte[] field() {
        return Arrays.copyOf(field, fieldSize);
    }

    private int next() {
        if (position == limit && !fill()) {
            return NO_MORE;
        }
        byte next = buffer[position++];
        consumed++;
        if (next == '\n') {
            line++;
        }
        return next & 0xff;
    }

    private boolean fill() {
        try {
            int read = in.read(buffer, 0, buffer.length);
            position = 0;
            limit = Math.max(read, 0);
            return read > 0;
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    private void append(byte next) {
        if (fieldSize == field.length) {
            field = Arrays.copyOf(field, fieldSize * 2);
        }
        field[fieldSize++] = next;
        if (fieldSize > fieldBytesMax) {
            throw CommandFailure.failed("Line " + line + " is part of a field of more than " + fieldBytesMax
                    + " bytes, the most that is taken; check the format (-f) against the input.");
        }
    }

    private boolean endsWith(byte[] end) {
        return end.length > 0
                && fieldSize >= end.length
                && field[fieldSize - 1] == end[end.length - 1]
                && Arrays.equals(field, fieldSize - end.length, fieldSize, end, 0, end.length);
    }

    private static CommandFailure unreadable(IOException cause) {
        return CommandFailure.failed("The input cannot be read: " + cause.getMessage() + ".");
    }
}
