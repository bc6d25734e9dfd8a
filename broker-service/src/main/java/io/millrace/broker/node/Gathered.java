package io.millrace.broker.node;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Waits for several answers. */
final class Gathered {
    private Gathered() {}

    /** All results, in the order of the futures. */
    static <T> CompletableFuture<List<T>> inOrder(List<CompletableFuture<T>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
                .thenApply(_ -> futures.stream().map(CompletableFuture::join).toList());
    }
}
