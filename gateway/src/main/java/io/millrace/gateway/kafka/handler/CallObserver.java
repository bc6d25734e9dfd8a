package io.millrace.gateway.kafka.handler;

import io.millrace.gateway.kafka.network.Client;
import io.millrace.gateway.kafka.wire.Reply;
import io.millrace.gateway.kafka.wire.RequestHead;

/** Hears about calls, on any thread. Must be quick and must not throw. */
public interface CallObserver {
    /** A call has its reply. */
    default void replied(RequestHead head, Client client, Reply reply, long startNanos) {}

    /** Something failed that cannot fail. */
    default void failed(RequestHead head, Client client, Throwable bug) {}
}
