package io.millrace.gateway.remote;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.model.Endpoint;

/** A way to one broker process, until it is closed. */
public interface BrokerLink extends AutoCloseable {
    /** The broker at the other end. Its answers are refusals where it cannot be reached. */
    BrokerApi broker();

    /** Whether the broker is in this process, so that there is nothing to gain by appends that share a call. */
    default boolean isLocal() {
        return false;
    }

    /** What is under way ends by itself. */
    @Override
    void close();

    /** Makes links. */
    @FunctionalInterface
    interface Maker {
        /** A link to that incarnation of the broker; nothing is sent before it is asked something. */
        BrokerLink to(String clusterId, BrokerImage broker, Endpoint endpoint);
    }
}
