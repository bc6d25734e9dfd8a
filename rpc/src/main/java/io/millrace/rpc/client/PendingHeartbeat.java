package io.millrace.rpc.client;

import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A heartbeat whose answer is not there yet.
 *
 * @param untilNanos when its sender wants to know, by the monotonic clock
 */
record PendingHeartbeat(BrokerHeartbeat heartbeat, CompletableFuture<Outcome<BrokerLease>> answer, long untilNanos) {
    static PendingHeartbeat of(BrokerHeartbeat heartbeat, Duration patience) {
        return new PendingHeartbeat(heartbeat, new CompletableFuture<>(), System.nanoTime() + patience.toNanos());
    }

    Duration patience() {
        return Duration.ofNanos(untilNanos - System.nanoTime());
    }
}
