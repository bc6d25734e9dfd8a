package io.millrace.gateway.grpc;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Outcome.Done;
import io.millrace.core.api.Outcome.Refused;
import io.millrace.core.api.Refusal;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Goes on from outcomes; the first refusal is that of the whole. */
final class Outcomes {
    private Outcomes() {}

    /** Makes one value of three. */
    interface Combination<A, B, C, R> {
        R of(A a, B b, C c);
    }

    static <A, B, C, R> Outcome<R> all(
            Outcome<A> first, Outcome<B> second, Outcome<C> third, Combination<A, B, C, R> combination) {
        return then(first, a -> then(second, b -> third.map(c -> combination.of(a, b, c))));
    }

    static <T, R> Outcome<R> then(Outcome<T> outcome, Function<? super T, Outcome<R>> next) {
        return switch (outcome) {
            case Done<T>(T value) -> next.apply(value);
            case Refused<T>(Refusal refusal) -> Outcome.refused(refusal);
        };
    }

    static <T, R> CompletableFuture<Outcome<R>> thenAsk(
            Outcome<T> outcome, Function<? super T, CompletableFuture<Outcome<R>>> next) {
        return switch (outcome) {
            case Done<T>(T value) -> next.apply(value);
            case Refused<T>(Refusal refusal) -> CompletableFuture.completedFuture(Outcome.refused(refusal));
        };
    }
}
