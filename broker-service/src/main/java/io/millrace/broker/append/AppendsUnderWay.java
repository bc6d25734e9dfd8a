package io.millrace.broker.append;

import io.millrace.core.api.Refusal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts requests that are not yet answered, so that a stop can wait for them. Safe for all threads. */
final class AppendsUnderWay {
    private final AtomicLong count = new AtomicLong();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private volatile @Nullable Refusal closed;

    /** A request comes in; returns why it is to be refused, or null. Either way it has to end. */
    @Nullable
    Refusal begin() {
        count.incrementAndGet();
        return closed;
    }

    void end() {
        if (count.decrementAndGet() == 0 && closed != null) {
            drained.complete(null);
        }
    }

    /** Refuses whatever begins from now on; completes when all that began before have ended. */
    CompletableFuture<Void> close(Refusal why) {
        closed = why;
        if (count.get() == 0) {
            drained.complete(null);
        }
        return drained;
    }
}
