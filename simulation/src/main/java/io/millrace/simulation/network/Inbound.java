package io.millrace.simulation.network;

/**
 * Takes what comes over a stream; called on the network loop.
 *
 * @param <M> what comes
 */
public interface Inbound<M> {
    /** The next message, in order. */
    void onMessage(M message);

    /** The other side has ended the stream, or the connection has broken; nothing comes afterwards. */
    void onEnd(String why);
}
