package io.millrace.gateway.rest.read;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** The streams of records that are open, so that they can be counted and ended before the process stops. Safe for any thread. */
public final class OpenStreams {
    private final AtomicInteger open = new AtomicInteger();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    /** How many there are now. */
    public int count() {
        return open.get();
    }

    /** Ends every wait for records, now and from now on. */
    public void stop() {
        stopped.complete(null);
    }

    void opened() {
        open.incrementAndGet();
    }

    void closed() {
        open.decrementAndGet();
    }

    /** Waits for the value; throws CancellationException when the gateway stops first. */
    <T> T orStop(CompletableFuture<T> value) {
        CompletableFuture.anyOf(value, stopped).join();
        if (!value.isDone()) {
            throw new CancellationException("The gateway stops");
        }
        return value.join();
    }
}
