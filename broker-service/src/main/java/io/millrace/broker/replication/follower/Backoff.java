package io.millrace.broker.replication.follower;

import java.time.Duration;

/** How long to wait after failures in a row: twice as long each time, up to a limit. */
final class Backoff {
    static final Duration MIN = Duration.ofMillis(50);
    static final Duration MAX = Duration.ofSeconds(1);

    private Duration next = MIN;

    Duration afterFailure() {
        Duration delay = next;
        Duration twice = delay.multipliedBy(2);
        next = twice.compareTo(MAX) > 0 ? MAX : twice;
        return delay;
    }

    void succeeded() {
        next = MIN;
    }
}
