package io.millrace.broker.log.epochs;

import java.io.IOException;

/** A list of leader epochs is not as it was written. */
public final class DamagedEpochsException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedEpochsException(String message) {
        super(message);
    }

    DamagedEpochsException(String message, Exception cause) {
        super(message, cause);
    }
}
