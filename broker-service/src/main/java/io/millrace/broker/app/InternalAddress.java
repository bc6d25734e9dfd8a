package io.millrace.broker.app;

/**
 * Where this broker listens for other processes of its cluster. Asked when the broker joins the cluster, so whoever listens
 * has to do so in a phase before {@link BrokerLifecycle#PHASE}.
 */
public interface InternalAddress {
    /** Only this process asks its broker. */
    InternalAddress NONE = () -> 0;

    /** The port that is really bound, or 0 when there is none. */
    int port();
}
