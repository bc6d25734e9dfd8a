package io.millrace.broker.replication.follower;

import io.millrace.core.api.ReplicaPeers;
import io.millrace.core.environment.EventLoop;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What sessions to leaders need of their broker.
 *
 * @param brokerEpoch of its registration, as far as it is registered
 * @param loops among which the sessions are dealt out
 */
public record LinkSurroundings(
        int brokerId, LongSupplier brokerEpoch, ReplicaPeers peers, List<EventLoop> loops, LinkObserver observer) {
    public LinkSurroundings {
        loops = List.copyOf(loops);
    }
}
