package io.millrace.rpc.client;

import java.time.Duration;

/**
 * What a client of brokers takes on, and its patience.
 *
 * @param maxMessageBytes the largest request; servers must take as much
 * @param maxAnswerBytes the largest answer; a single batch that is larger cannot be read
 * @param flowControlWindowBytes bytes of one connection that may have come and not yet been taken in
 * @param connectionBytesInFlightMax bytes of requests to one broker that are not yet answered
 * @param requestBytesInFlightMax the same to all brokers together
 * @param answerBytesInFlightMax bytes of answers that are coming in from all brokers together
 * @param patience for brokers
 */
public record ClientLimits(
        int maxMessageBytes,
        int maxAnswerBytes,
        int flowControlWindowBytes,
        long connectionBytesInFlightMax,
        long requestBytesInFlightMax,
        long answerBytesInFlightMax,
        Patience patience) {
    /**
     * How long what may take.
     *
     * @param room that a request or an answer waits in line for room under a limit
     * @param grace that an answer may take over and above what its request lets the broker wait
     * @param question that questions may take which let the broker wait for nothing
     * @param connect that making a connection may take
     * @param reconnect between two attempts to connect to a broker that cannot be reached
     * @param keepAlive silence, while calls are under way, after which the broker is asked whether it is still there; gRPC
     *     takes 10 seconds at least
     * @param keepAliveTimeout that the answer to that may take
     */
    public record Patience(
            Duration room,
            Duration grace,
            Duration question,
            Duration connect,
            Duration reconnect,
            Duration keepAlive,
            Duration keepAliveTimeout) {}
}
