package io.millrace.gateway.kafka.handler;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** The parts of a request that are carried out side by side. */
public final class Each {
    private Each() {}

    /** Has each part carried out, and replies when all have been, with what came of them in their order. */
    public static <P, R> void of(
            List<P> parts, Function<P, CompletableFuture<R>> work, Call call, Consumer<List<R>> reply) {
        List<CompletableFuture<R>> all = parts.stream().map(work).toList();
        call.replyWhen(
                CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)),
                ignored ->
                        reply.accept(all.stream().map(CompletableFuture::join).toList()));
    }
}
