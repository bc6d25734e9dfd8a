package io.millrace.broker.node;

import io.millrace.core.model.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a broker is set up.
 *
 * @param brokerId 0 or more, fixed for a set of log directories
 * @param logDirectories at least one
 * @param appendBytesInFlightMax bytes of batches held at a time that are not yet answered
 * @param heartbeatInterval between two heartbeats while all is well
 * @param retentionInterval between two looks at what retention allows to drop
 * @param deletionGrace between the deletion of a topic and that of its files
 */
public record BrokerOptions(
        int brokerId,
        @Nullable String rack,
        List<Endpoint> endpoints,
        List<Path> logDirectories,
        long appendBytesInFlightMax,
        Duration heartbeatInterval,
        Duration retentionInterval,
        Duration deletionGrace) {
    public BrokerOptions {
        endpoints = List.copyOf(endpoints);
        logDirectories = List.copyOf(logDirectories);
        if (logDirectories.isEmpty()) {
            throw new IllegalArgumentException("A broker needs at least one log directory");
        }
    }
}
