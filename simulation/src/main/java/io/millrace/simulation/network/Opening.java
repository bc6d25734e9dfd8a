package io.millrace.simulation.network;

/**
 * Takes in a new stream, at the process that was asked for it.
 *
 * @param <S> whom the stream is for
 * @param <O> what the one who opens sends
 * @param <I> what comes back
 */
@FunctionalInterface
public interface Opening<S, O, I> {
    Inbound<O> accept(S service, Outbound<I> back);
}
