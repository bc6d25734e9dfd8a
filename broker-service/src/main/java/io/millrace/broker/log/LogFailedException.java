package io.millrace.broker.log;

import java.io.IOException;

/** The log met an error of its disk before and does nothing any more; the cause is that first error. */
public final class LogFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    public LogFailedException(String log, IOException first) {
        super("Log " + log + " is out of service after: " + first.getMessage(), first);
    }
}
