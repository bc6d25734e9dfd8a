package io.millrace.broker.log.segment;

import java.io.IOException;

/** A place in a log file that must hold a batch holds none, although nothing of the sort was cut off by recovery. */
public final class CorruptSegmentException extends IOException {
    private static final long serialVersionUID = 1L;

    public CorruptSegmentException(String message) {
        super(message);
    }
}
