package io.millrace.broker.node;

import io.millrace.core.api.ReplicaPeers;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.Disk;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.environment.Randomness;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * All that a broker has of the outside world.
 *
 * @param control on which pictures are carried out and leases are kept
 * @param commit on which commit rounds begin and end
 * @param partitionLoops among which the partitions are dealt out; at least one
 * @param syncWorkers where files are synced, several at a time
 * @param blocking where logs are opened and closed, several at a time
 * @param peers the other brokers
 */
public record BrokerEnvironment(
        Clock clock,
        Randomness randomness,
        Disk disk,
        EventLoop control,
        EventLoop commit,
        List<EventLoop> partitionLoops,
        Executor syncWorkers,
        Executor blocking,
        ReplicaPeers peers) {
    public BrokerEnvironment {
        partitionLoops = List.copyOf(partitionLoops);
    }
}
