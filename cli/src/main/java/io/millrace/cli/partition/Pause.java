package io.millrace.cli.partition;

import java.time.Duration;

/** The time between two looks at something that changes. */
final class Pause {
    private Pause() {}

    /** Waits; false when the process is to end instead. */
    static boolean of(Duration duration) {
        try {
            Thread.sleep(duration);
            return true;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
