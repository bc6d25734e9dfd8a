package io.millrace.rpc.client;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one cluster that this process has to do with. Safe for several threads. */
final class ClusterIdentity {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterIdentity.class);

    private final AtomicReference<@Nullable String> ours;
    private final AtomicReference<@Nullable String> refused = new AtomicReference<>();

    /** The cluster of that id, or whichever is heard of first. */
    ClusterIdentity(@Nullable String clusterId) {
        this.ours = new AtomicReference<>(clusterId);
    }

    /** Whether that is our cluster; if it is not, says so, once for each that comes up. */
    boolean isOurs(String clusterId) {
        if (ours.compareAndSet(null, clusterId) || clusterId.equals(ours.get())) {
            return true;
        }
        if (!clusterId.equals(refused.getAndSet(clusterId))) {
            LOG.error(
                    "A controller shows cluster '{}', but this process belongs to cluster '{}'. Nothing of it is taken"
                            + " over: correct the list of controllers.",
                    clusterId,
                    ours.get());
        }
        return false;
    }
}
