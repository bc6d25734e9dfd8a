package io.millrace.broker.log.segment;

import java.io.IOException;

/** A place in a log file that must hold a batch holds none, although nothing of the sort was cut off by recovery. */
public final class CorruptSegmentException extends IOException {
    private static final long serialVersionUID = 1L;

    /** No offset tells where it is, as it is in an index, say. */
    public static final long NOWHERE = -1;

    private final long offset;

    public CorruptSegmentException(String message) {
        this(message, NOWHERE);
    }

    /** What the disk itself says cannot be read. */
    public CorruptSegmentException(String message, IOException cause) {
        super(message, cause);
        this.offset = NOWHERE;
    }

    public CorruptSegmentException(String message, long offset) {
        super(message);
        this.offset = offset;
    }

    /** At or before which the damage is, or {@link #NOWHERE}. */
    public long offset() {
        return offset;
    }
}
