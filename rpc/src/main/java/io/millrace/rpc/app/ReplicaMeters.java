package io.millrace.rpc.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.rpc.client.ReplicaClients;
import io.millrace.rpc.server.ReplicaEndpoint;

/** Shows the sessions between brokers. Their bytes are among those of calls, method ReplicaService.Replicate. */
public final class ReplicaMeters {
    private static final String SESSIONS = "millrace.broker.replica.sessions";
    private static final String SESSIONS_DESCRIPTION = "Sessions between this broker and others that are open";
    private static final String PULLS = "millrace.broker.replica.pulls";
    private static final String PULLS_DESCRIPTION = "Messages in which followers say where they stand";

    private ReplicaMeters() {}

    /** For a broker that others follow. */
    public static void asLeader(MeterRegistry registry, ReplicaEndpoint endpoint) {
        Gauge.builder(SESSIONS, endpoint, ReplicaEndpoint::sessions)
                .description(SESSIONS_DESCRIPTION)
                .tag("as", "leader")
                .register(registry);
        FunctionCounter.builder(PULLS, endpoint, ReplicaEndpoint::pulls)
                .description(PULLS_DESCRIPTION)
                .tag("as", "leader")
                .register(registry);
    }

    /** For a broker that follows others. */
    public static void asFollower(MeterRegistry registry, ReplicaClients clients) {
        Gauge.builder(SESSIONS, clients, ReplicaClients::sessions)
                .description(SESSIONS_DESCRIPTION)
                .tag("as", "follower")
                .register(registry);
        FunctionCounter.builder(PULLS, clients, ReplicaClients::pulls)
                .description(PULLS_DESCRIPTION)
                .tag("as", "follower")
                .register(registry);
    }
}
