package io.millrace.rpc.app;

import io.millrace.rpc.client.ClientLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits and the patience of a process that asks brokers.
 *
 * @param maxMessage the largest request; the servers' limit must not be less
 * @param maxAnswer the largest answer; a single batch that is larger cannot be read
 * @param networkThreads threads that read and write connections
 * @param flowControlWindow bytes of one connection that may have come and not yet been taken in
 * @param maxInFlightPerBroker bytes of requests to one broker that are not yet answered
 * @param maxRequestsInFlight the same to all brokers together
 * @param maxAnswersInFlight bytes of answers that are coming in from all brokers together
 * @param roomWait how long a request or an answer waits in line for room under these limits
 * @param grace what an answer may take over and above what its request lets the broker wait
 * @param questionTimeout what questions may take that let the broker wait for nothing
 * @param connectTimeout what making a connection may take
 * @param reconnectInterval time between two attempts to connect to a broker that cannot be reached
 * @param keepAlive silence, while calls are under way, after which the broker is asked whether it is still there
 * @param keepAliveTimeout what the answer to that may take
 */
@ConfigurationProperties("millrace.rpc.client")
public record RpcClientProperties(
        @DefaultValue("32MB") DataSize maxMessage,
        @DefaultValue("128MB") DataSize maxAnswer,
        @DefaultValue("2") int networkThreads,
        @DefaultValue("2MB") DataSize flowControlWindow,
        @DefaultValue("64MB") DataSize maxInFlightPerBroker,
        @DefaultValue("128MB") DataSize maxRequestsInFlight,
        @DefaultValue("64MB") DataSize maxAnswersInFlight,
        @DefaultValue("500ms") Duration roomWait,
        @DefaultValue("2s") Duration grace,
        @DefaultValue("5s") Duration questionTimeout,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("250ms") Duration reconnectInterval,
        @DefaultValue("10s") Duration keepAlive,
        @DefaultValue("3s") Duration keepAliveTimeout) {
    /** gRPC asks no more often than that, whatever is set. */
    private static final Duration KEEP_ALIVE_MIN = Duration.ofSeconds(10);

    public RpcClientProperties {
        RpcRanges ranges = new RpcRanges("millrace.rpc.client.");
        ranges.message(maxMessage, "max-message");
        ranges.message(maxAnswer, "max-answer");
        ranges.positive(networkThreads, "network-threads");
        ranges.window(flowControlWindow, "flow-control-window");
        ranges.atLeast(maxInFlightPerBroker, maxMessage, "max-in-flight-per-broker");
        ranges.atLeast(maxRequestsInFlight, maxMessage, "max-requests-in-flight");
        ranges.atLeast(maxAnswersInFlight, DataSize.ofBytes(1), "max-answers-in-flight");
        ranges.positive(roomWait, "room-wait");
        ranges.positive(grace, "grace");
        ranges.positive(questionTimeout, "question-timeout");
        ranges.positive(connectTimeout, "connect-timeout");
        ranges.positive(reconnectInterval, "reconnect-interval");
        ranges.require(keepAlive.compareTo(KEEP_ALIVE_MIN) >= 0, "keep-alive", "10 seconds or more");
        ranges.positive(keepAliveTimeout, "keep-alive-timeout");
    }

    /** The same without Spring. */
    public ClientLimits limits() {
        return new ClientLimits(
                Math.toIntExact(maxMessage.toBytes()),
                Math.toIntExact(maxAnswer.toBytes()),
                Math.toIntExact(flowControlWindow.toBytes()),
                maxInFlightPerBroker.toBytes(),
                maxRequestsInFlight.toBytes(),
                maxAnswersInFlight.toBytes(),
                new ClientLimits.Patience(
                        roomWait,
                        grace,
                        questionTimeout,
                        connectTimeout,
                        reconnectInterval,
                        keepAlive,
                        keepAliveTimeout));
    }
}
