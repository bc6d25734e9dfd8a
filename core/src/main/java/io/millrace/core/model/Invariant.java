package io.millrace.core.model;

import java.util.function.Supplier;

/** Checks that stay on in production: what does not hold is a bug, and going on would spread it. */
public final class Invariant {
    private Invariant() {}

    /** Throws IllegalStateException with the message, which is made only then, unless the condition holds. */
    public static void hold(boolean condition, Supplier<String> message) {
        if (!condition) {
            throw new IllegalStateException(message.get());
        }
    }
}
