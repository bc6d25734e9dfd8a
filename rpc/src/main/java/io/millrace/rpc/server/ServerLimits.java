package io.millrace.rpc.server;

import java.time.Duration;

/**
 * What a server of the internal contract takes on.
 *
 * @param maxMessageBytes the largest request
 * @param connectionsMax connections at the same time; further ones are closed at once
 * @param callsPerConnectionMax calls at the same time on one connection; further ones wait at the client
 * @param flowControlWindowBytes bytes of one connection that may have come and not yet been taken in
 * @param requestBytesInFlightMax bytes of all requests that are not yet answered; more are refused before they are read
 * @param answerBytesInFlightMax bytes of records that are read and not yet sent
 * @param answerWaitMax how long a read waits in line for room under that limit
 */
public record ServerLimits(
        int maxMessageBytes,
        int connectionsMax,
        int callsPerConnectionMax,
        int flowControlWindowBytes,
        long requestBytesInFlightMax,
        long answerBytesInFlightMax,
        Duration answerWaitMax) {}
