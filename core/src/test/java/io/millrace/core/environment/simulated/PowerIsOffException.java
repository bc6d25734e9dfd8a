package io.millrace.core.environment.simulated;

import java.io.IOException;

/** The simulated disk has no power, or lost it since the file was opened: the program is as good as dead. */
public final class PowerIsOffException extends IOException {
    private static final long serialVersionUID = 1L;

    PowerIsOffException() {
        super("the power is off");
    }
}
