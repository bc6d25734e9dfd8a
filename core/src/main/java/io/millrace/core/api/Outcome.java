package io.millrace.core.api;

import java.util.function.Function;

/**
 * How a request ended: done, or refused for a reason that its sender can act on. Bugs are exceptions instead.
 *
 * @param <T> what a request that was done yields
 */
public sealed interface Outcome<T> {
    /** The request was carried out. */
    record Done<T>(T value) implements Outcome<T> {}

    /** The request was not carried out, and changed nothing unless the refusal says otherwise. */
    record Refused<T>(Refusal refusal) implements Outcome<T> {}

    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Outcome<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    /** What comes of the value, if there is one. */
    default <U> Outcome<U> flatMap(Function<? super T, Outcome<U>> next) {
        return switch (this) {
            case Done<T>(T value) -> next.apply(value);
            case Refused<T>(Refusal refusal) -> new Refused<>(refusal);
        };
    }

    /** The same outcome with another value. */
    default <U> Outcome<U> map(Function<? super T, ? extends U> change) {
        return switch (this) {
            case Done<T>(T value) -> new Done<>(change.apply(value));
            case Refused<T>(Refusal refusal) -> new Refused<>(refusal);
        };
    }
}
