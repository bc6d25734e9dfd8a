package io.millrace.broker.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.model.TopicPartition;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** How replicas of this broker and its followers fare, under Kafka's names where it has one. Safe for all threads. */
final class ReplicationMeters {
    private static final String REPLICA_MANAGER = "kafka.server.replicamanager.";
    private static final String TOPIC_METRICS = "kafka.server.brokertopicmetrics.";
    private static final String REPLICAS = "millrace.broker.replicas.";

    private final int brokerId;
    private final Supplier<ClusterImage> picture;
    private final Map<TopicPartition, Long> lags = new ConcurrentHashMap<>();
    private final Counter shrinks;
    private final Counter expands;
    private final Counter failedUpdates;
    private final Counter bytesIn;
    private final Counter bytesOut;
    private final Counter builtBytesIn;
    private final Counter builtBytesOut;
    private final Counter withdrawn;
    private final Counter badRecords;
    private final Counter lostCommitted;

    /** The picture tells what reassignments are about. */
    ReplicationMeters(MeterRegistry registry, int brokerId, Supplier<ClusterImage> picture) {
        this.brokerId = brokerId;
        this.picture = picture;
        shrinks = counter(registry, REPLICA_MANAGER + "isrshrinks", "In-sync sets of partitions led here that shrank");
        expands = counter(registry, REPLICA_MANAGER + "isrexpands", "In-sync sets of partitions led here that grew");
        failedUpdates = counter(
                registry,
                REPLICA_MANAGER + "failedisrupdates",
                "Changes of in-sync sets that the controller did not make when it was asked");
        bytesIn = counter(registry, TOPIC_METRICS + "replicationbytesin", "Bytes taken in from leaders");
        bytesOut = counter(registry, TOPIC_METRICS + "replicationbytesout", "Bytes on their way to followers");
        builtBytesIn = counter(
                registry,
                TOPIC_METRICS + "reassignmentbytesin",
                "Bytes taken in from leaders for replicas that reassignments add here");
        builtBytesOut = counter(
                registry,
                TOPIC_METRICS + "reassignmentbytesout",
                "Bytes on their way to followers for replicas that reassignments add there");
        withdrawn = counter(
                registry,
                REPLICAS + "withdrawn",
                "Replicas that did not hold what they must, or could not be opened, and were withdrawn");
        badRecords = counter(
                registry,
                REPLICAS + "bad.records",
                "Times that what a leader sent was damaged or did not go on from the log");
        lostCommitted = counter(
                registry,
                REPLICAS + "lost.committed",
                "Times that committed records were cut off, as the leader lacks them");
        Gauge.builder("kafka.server.replicafetchermanager.maxlag", this::maxLag)
                .description("Committed records that the replica furthest behind does not have yet")
                .tag("clientid", "Replica")
                .register(registry);
    }

    void inSyncSetChanged(int lost, int gained) {
        if (lost > 0) {
            shrinks.increment();
        }
        if (gained > 0) {
            expands.increment();
        }
    }

    void inSyncChangeFailed() {
        failedUpdates.increment();
    }

    void received(TopicPartition partition, int bytes) {
        bytesIn.increment(bytes);
        if (isBuilt(partition, brokerId)) {
            builtBytesIn.increment(bytes);
        }
    }

    void sent(TopicPartition partition, int follower, int bytes) {
        bytesOut.increment(bytes);
        if (isBuilt(partition, follower)) {
            builtBytesOut.increment(bytes);
        }
    }

    void lags(TopicPartition partition, long records) {
        if (records == 0) {
            lags.remove(partition);
        } else {
            lags.put(partition, records);
        }
    }

    void withdrawn() {
        withdrawn.increment();
    }

    void badRecords() {
        badRecords.increment();
    }

    void lostCommitted() {
        lostCommitted.increment();
    }

    private boolean isBuilt(TopicPartition partition, int broker) {
        return picture.get()
                .partition(partition)
                .map(found -> {
                    Reassignment underWay = found.reassignment();
                    return underWay != null && underWay.adding().contains(broker);
                })
                .orElse(false);
    }

    private long maxLag() {
        return lags.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
