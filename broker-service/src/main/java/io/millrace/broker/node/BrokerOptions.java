package io.millrace.broker.node;

import io.millrace.broker.log.producers.ProducerLimits;
import io.millrace.broker.scrub.ScrubOptions;
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
 * @param predecessorTimeout how long a start waits for a process that is registered under the same id to be held for dead
 * @param retentionInterval between two looks at what retention allows to drop
 * @param deletionGrace between the deletion of a topic and that of its files
 * @param replicaCheckpointInterval between two times that it is written down what each replica holds for certain
 * @param leading what followers get of this broker
 * @param scrub how all logs are looked through for damage
 * @param producers how many idempotent producers each partition remembers, and for how long
 */
public record BrokerOptions(
        int brokerId,
        @Nullable String rack,
        List<Path> logDirectories,
        long appendBytesInFlightMax,
        Duration heartbeatInterval,
        Duration predecessorTimeout,
        Duration retentionInterval,
        Duration deletionGrace,
        Duration replicaCheckpointInterval,
        LeadingOptions leading,
        ScrubOptions scrub,
        ProducerLimits producers) {
    public BrokerOptions {
        logDirectories = List.copyOf(logDirectories);
        if (logDirectories.isEmpty()) {
            throw new IllegalArgumentException("A broker needs at least one log directory");
        }
    }
}
