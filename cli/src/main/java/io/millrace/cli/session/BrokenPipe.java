package io.millrace.cli.session;

import java.io.IOException;
import java.io.Serial;

/** Whoever read our output has gone away ("| head"): a reason to end quietly, not an error. */
public final class BrokenPipe extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public BrokenPipe(IOException cause) {
        super(cause);
    }
}
