package io.millrace.rpc.app;

import io.millrace.rpc.client.ControllerClientOptions;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How patient this process is with the controllers of its cluster.
 *
 * @param answerTimeout for the answer of one controller to a change or a registration
 * @param heartbeatTimeout for the answer to a heartbeat, the search for a controller included
 * @param probeTimeout for the answer of one controller to the question who decides
 * @param searchTimeout how long a request may wait for a controller that decides before it is refused
 * @param searchPause between two rounds through all controllers
 * @param silenceMax after which a connection counts as broken; a controller that has nothing to tell says so every 2 seconds
 * @param messageMax size of a message in either direction
 */
@ConfigurationProperties("millrace.controller-client")
public record ControllerClientProperties(
        @DefaultValue("30s") Duration answerTimeout,
        @DefaultValue("3s") Duration heartbeatTimeout,
        @DefaultValue("1s") Duration probeTimeout,
        @DefaultValue("10s") Duration searchTimeout,
        @DefaultValue("200ms") Duration searchPause,
        @DefaultValue("6s") Duration silenceMax,
        @DefaultValue("64MB") DataSize messageMax) {
    private static final long MESSAGE_MIN = DataSize.ofMegabytes(1).toBytes();
    private static final long MESSAGE_MAX = DataSize.ofGigabytes(1).toBytes();

    public ControllerClientProperties {
        require(answerTimeout.isPositive(), "answer-timeout");
        require(heartbeatTimeout.isPositive(), "heartbeat-timeout");
        require(probeTimeout.isPositive(), "probe-timeout");
        require(searchTimeout.isPositive(), "search-timeout");
        require(searchPause.isPositive(), "search-pause");
        require(silenceMax.isPositive(), "silence-max");
        require(messageMax.toBytes() >= MESSAGE_MIN && messageMax.toBytes() <= MESSAGE_MAX, "message-max");
    }

    /** The same for the client. */
    ControllerClientOptions options() {
        return new ControllerClientOptions(
                answerTimeout,
                heartbeatTimeout,
                probeTimeout,
                searchTimeout,
                searchPause,
                silenceMax,
                Math.toIntExact(messageMax.toBytes()));
    }

    private static void require(boolean holds, String name) {
        if (!holds) {
            throw new IllegalArgumentException("millrace.controller-client." + name + " is out of its range");
        }
    }
}
