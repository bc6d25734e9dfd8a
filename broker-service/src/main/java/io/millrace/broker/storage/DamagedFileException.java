package io.millrace.broker.storage;

import java.io.IOException;

/** A file could be read, and holds what nobody wrote. */
final class DamagedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedFileException(String message) {
        super(message);
    }

    DamagedFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
