package io.millrace.gateway.kafka.network;

/** Hears how much time a loop has spent on a client. Called on the connection's thread. */
public interface TurnTime {
    void spent(long nanos);
}
