package io.millrace.rpc.app;

import io.millrace.rpc.server.ServerLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of a process that answers other processes of its cluster.
 *
 * @param maxMessage the largest request
 * @param networkThreads threads that read, serve and write connections
 * @param maxConnections connections at the same time; further ones are closed at once
 * @param maxCallsPerConnection calls at the same time on one connection, each read that waits for records being one; further
 *     ones wait at the client
 * @param flowControlWindow bytes of one connection that may have come and not yet been taken in
 * @param maxRequestsInFlight bytes of all requests that are not yet answered; more are refused before they are read
 * @param maxAnswersInFlight bytes of records that are read and not yet sent
 * @param answerWait how long a read waits in line for room under that limit
 */
@ConfigurationProperties("millrace.rpc.server")
public record RpcServerProperties(
        @DefaultValue("32MB") DataSize maxMessage,
        @DefaultValue("2") int networkThreads,
        @DefaultValue("1000") int maxConnections,
        @DefaultValue("10000") int maxCallsPerConnection,
        @DefaultValue("2MB") DataSize flowControlWindow,
        @DefaultValue("64MB") DataSize maxRequestsInFlight,
        @DefaultValue("64MB") DataSize maxAnswersInFlight,
        @DefaultValue("500ms") Duration answerWait) {
    public RpcServerProperties {
        RpcRanges ranges = new RpcRanges("millrace.rpc.server.");
        ranges.message(maxMessage, "max-message");
        ranges.positive(networkThreads, "network-threads");
        ranges.positive(maxConnections, "max-connections");
        ranges.positive(maxCallsPerConnection, "max-calls-per-connection");
        ranges.window(flowControlWindow, "flow-control-window");
        ranges.atLeast(maxRequestsInFlight, maxMessage, "max-requests-in-flight");
        ranges.atLeast(maxAnswersInFlight, DataSize.ofBytes(1), "max-answers-in-flight");
        ranges.positive(answerWait, "answer-wait");
    }

    /** The same without Spring. */
    public ServerLimits limits() {
        return new ServerLimits(
                Math.toIntExact(maxMessage.toBytes()),
                maxConnections,
                maxCallsPerConnection,
                Math.toIntExact(flowControlWindow.toBytes()),
                maxRequestsInFlight.toBytes(),
                maxAnswersInFlight.toBytes(),
                answerWait);
    }
}
