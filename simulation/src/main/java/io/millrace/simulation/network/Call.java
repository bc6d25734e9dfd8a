package io.millrace.simulation.network;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * A question to another process. Whatever it carries must be a copy, and so must be its answer: the two processes share no
 * memory.
 *
 * @param label for the trace
 * @param bytes that it has about
 * @param service whom it is for
 * @param ask is run by the other process, on its network loop
 * @param answerBytes that an answer has about
 * @param withdrawable whether a question that nobody waits for any more is withdrawn
 * @param <S> whom it is for
 * @param <A> the answer
 */
public record Call<S, A>(
        String label,
        int bytes,
        Class<S> service,
        Function<S, CompletableFuture<A>> ask,
        ToIntFunction<A> answerBytes,
        boolean withdrawable) {}
