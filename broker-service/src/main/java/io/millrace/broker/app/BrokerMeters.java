package io.millrace.broker.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.core.environment.Clock;
import io.millrace.core.metadata.ClusterImage;
import java.util.function.Supplier;

/** Everything that is counted and timed while a broker works. */
record BrokerMeters(
        TopicMeters topics,
        RequestMeters appends,
        RequestMeters fetches,
        StorageMeters storage,
        DamageMeters damage,
        MembershipMeters membership,
        ReplicationMeters replication) {
    static BrokerMeters in(
            MeterRegistry registry,
            BrokerMetricsProperties properties,
            Clock clock,
            int brokerId,
            Supplier<ClusterImage> picture) {
        return new BrokerMeters(
                new TopicMeters(registry, properties.topicsMax()),
                new RequestMeters(registry, "append", "Produce"),
                new RequestMeters(registry, "fetch", "FetchConsumer"),
                new StorageMeters(registry),
                new DamageMeters(registry),
                new MembershipMeters(registry, clock),
                new ReplicationMeters(registry, brokerId, picture));
    }
}
