package io.millrace.simulation.network;

/**
 * Sends over a stream. What is sent over one that has ended is lost without a word.
 *
 * @param <M> what is sent
 */
public interface Outbound<M> {
    /** Sends a message, which must be a copy or unchangeable. */
    void send(String label, int bytes, M message);

    /** Ends the stream in both directions; the other side hears of it behind what was sent. */
    void end(String why);

    /** Whether what is sent has a chance to arrive, as far as is known here. */
    boolean isOpen();
}
