package io.millrace.gateway.remote;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Several answers as one. */
final class Gathered {
    private Gathered() {}

    /** All of them, in their order; cancelling the result cancels each. */
    static <T> CompletableFuture<List<T>> inOrder(List<CompletableFuture<T>> answers) {
        CompletableFuture<List<T>> all = CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenApply(
                        _ -> answers.stream().map(CompletableFuture::resultNow).toList());
        return cancelling(all, answers);
    }

    /** The same future; cancelling it cancels the others. */
    static <T> CompletableFuture<T> cancelling(
            CompletableFuture<T> answer, List<? extends CompletableFuture<?>> others) {
        var _ = answer.whenComplete((_, _) -> {
            if (answer.isCancelled()) {
                others.forEach(other -> other.cancel(false));
            }
        });
        return answer;
    }
}
