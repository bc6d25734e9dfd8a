package io.millrace.gateway.kafka.handler;

import io.millrace.core.metadata.QuotaKind;
import io.millrace.gateway.kafka.network.Client;
import io.millrace.gateway.kafka.wire.Reply;
import io.millrace.gateway.kafka.wire.RequestHead;

/** Hears about calls, on any thread. Must be quick and must not throw. */
public interface CallObserver {
    /** A call has its reply. */
    default void replied(RequestHead head, Client client, Reply reply, long startNanos) {}

    /** A client is told to wait for so long, or is made to, because of a quota. */
    default void throttled(QuotaKind kind, int millis) {}

    /** Something failed that cannot fail. */
    default void failed(RequestHead head, Client client, Throwable bug) {}
}
