package io.millrace.rpc.server;

import io.millrace.rpc.wire.BrokerAddressed;
import org.jspecify.annotations.Nullable;

/** Who the broker of this process is. Asked for each request, on any thread. */
public interface BrokerIdentity {
    /** The cluster that it has joined, or null before. */
    @Nullable
    String clusterId();

    /** Fixed for the process. */
    int brokerId();

    /** As given at registration; {@link BrokerAddressed#ANY_EPOCH} or less before. */
    long brokerEpoch();
}
