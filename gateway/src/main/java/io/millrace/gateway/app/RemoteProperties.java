package io.millrace.gateway.app;

import io.millrace.gateway.remote.RoutingPatience;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a gateway asks brokers in other processes.
 *
 * @param straggler how long a read over several brokers waits for one of them after its time, before it answers without it
 * @param directories how long a broker may take to tell the state of its log directories before it is left out
 */
@ConfigurationProperties("millrace.gateway.remote")
public record RemoteProperties(
        @DefaultValue("500ms") Duration straggler,
        @DefaultValue("1s") Duration directories) {
    public RemoteProperties {
        Ranges.require(straggler.isPositive(), "millrace.gateway.remote.straggler", "more than 0");
        Ranges.require(directories.isPositive(), "millrace.gateway.remote.directories", "more than 0");
    }

    /** The same for the domain. */
    RoutingPatience patience() {
        return new RoutingPatience(straggler, directories);
    }
}
