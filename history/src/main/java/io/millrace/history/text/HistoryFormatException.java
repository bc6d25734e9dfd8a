package io.millrace.history.text;

import java.io.IOException;

/** The text is no history; the message names the line. */
public final class HistoryFormatException extends IOException {
    private static final long serialVersionUID = 1;

    HistoryFormatException(long line, String problem) {
        super("line " + line + ": " + problem);
    }
}
