package io.millrace.simulation.invariant;

import io.millrace.broker.node.BrokerObserver;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.Durability;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicConfigs;
import io.millrace.core.metadata.TopicOptions;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.RecordBatch;
import io.millrace.simulation.cluster.Front;
import io.millrace.simulation.cluster.SimBroker;
import io.millrace.simulation.cluster.SimCluster;
import io.millrace.simulation.cluster.SimGateway;
import io.millrace.simulation.run.Proof;
import io.millrace.simulation.schedule.Effect;
import io.millrace.simulation.store.EpochRecord;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks on at a cluster whose brokers tell it what they do ({@link #observer}).
 *
 * <ul>
 *   <li>One leader for each epoch, and none without a record.
 *   <li>High watermarks go forward within an epoch.
 *   <li>Whoever the store lists as in sync or eligible, and whoever begins to lead, holds everything that is committed; and
 *       would still hold it if it lost power now, unless the topic's durability is page-cache.
 *   <li>Batches of one offset and one epoch are the same in all logs, in sync or not.
 *   <li>Only the controller of the latest epoch writes to the store.
 *   <li>Records follow each other by the rules, and every picture is one that was committed.
 *   <li>In the end the logs of all replicas are equal, byte for byte.
 * </ul>
 *
 * Disks are looked into only when a record changes, when a broker begins to lead, and now and then when a high watermark has moved: it
 * is dear.
 */
public final class Invariants implements Proof {
    private static final int EVENTS_BETWEEN_LOOKS = 20_000;
    private static final int WATERMARKS_BETWEEN_LOOKS = 16;
    private static final long STANDSTILL_NANOS = Duration.ofSeconds(1).toNanos();

    private final Leaderships leaderships = new Leaderships();
    private final ControllerTerms controllerTerms = new ControllerTerms();
    private final Map<TopicPartition, LogMatching> matching = new LinkedHashMap<>();
    private final Pictures pictures = new Pictures();
    private final Map<TopicPartition, CommittedLog> committed = new LinkedHashMap<>();
    private final Map<MetadataKey, PartitionImage> records = new LinkedHashMap<>();
    private final Map<Integer, Integer> lives = new LinkedHashMap<>();
    private @Nullable SimCluster cluster;
    private long writesSeen;
    private int eventsUntilLook = EVENTS_BETWEEN_LOOKS;
    private final Map<TopicPartition, Long> watermarkMovedAt = new LinkedHashMap<>();
    private int watermarksSeen;

    @Override
    public void begin(SimCluster of) {
        cluster = of;
    }

    /** Whoever listens to the next life of that broker. */
    public BrokerObserver observer(int brokerId) {
        return new Listener(brokerId, lives.merge(brokerId, 1, Integer::sum));
    }

    /** Listens to one life of a broker. */
    private final class Listener implements BrokerObserver {
        private final int brokerId;
        private final int life;

        Listener(int brokerId, int life) {
            this.brokerId = brokerId;
            this.life = life;
        }

        @Override
        public void leads(TopicPartition partition, int leaderEpoch) {
            judge(() -> {
                look();
                SimBroker leader = broker(brokerId);
                requireMatch(partition);
                if (leaderships.begins(partition, leaderEpoch, brokerId, leader.diskNumber())) {
                    requireAllIn(leader, partition, leaderEpoch, "the new leader of epoch " + leaderEpoch);
                }
            });
        }

        @Override
        public void directoryFailed(Path directory, String reason) {
            count(Effect.DIRECTORY_GIVEN_UP);
        }

        @Override
        public void recovered(TopicPartition partition, long scannedBytes, long cutBytes) {
            if (cutBytes > 0) {
                count(Effect.TORN_LOG_CUT);
            }
        }

        @Override
        public void cut(TopicPartition partition, long logEndBefore, long logEnd) {
            count(Effect.DIVERGENT_LOG_CUT);
        }

        @Override
        public void withdrawn(TopicPartition partition, String reason) {
            count(Effect.REPLICA_WITHDRAWN);
        }

        @Override
        public void committed(TopicPartition partition, int leaderEpoch, long highWatermark) {
            judge(() -> {
                leaderships.exposes(partition, leaderEpoch, highWatermark);
                committedIn(partition).exposed(leaderEpoch, highWatermark);
                if (isWorthALook(partition)) {
                    look();
                    lookAt(partition);
                }
            });
        }

        @Override
        public void acknowledged(TopicPartition partition, Acks acks, RecordBatch batch) {
            judge(() -> {
                leaderships.acknowledges(
                        partition,
                        batch.leaderEpoch(),
                        brokerId,
                        life,
                        broker(brokerId).diskNumber());
                if (acks == Acks.ALL) {
                    committedIn(partition).acknowledged(StoredBatch.of(batch));
                }
            });
        }

        @Override
        public void acknowledgedAgain(TopicPartition partition, int leaderEpoch, Acks acks, RecordBatch batch) {
            if (acks == Acks.ALL) {
                judge(() -> committedIn(partition).acknowledgedAgain(StoredBatch.of(batch), leaderEpoch));
            }
        }
    }

    /** An observer must not throw: what it finds ends the run. */
    private void judge(Runnable check) {
        try {
            check.run();
        } catch (AssertionError found) {
            whole().scheduler().fail("invariants", found);
        }
    }

    @Override
    public void afterEvent() {
        look();
        if (--eventsUntilLook == 0) {
            eventsUntilLook = EVENTS_BETWEEN_LOOKS;
            lookAtEverything();
        }
    }

    @Override
    public void healed() {
        lookAtEverything();
    }

    /** What disks have lost was fetched again from other replicas. */
    @Override
    public boolean converged() {
        return missing().isEmpty();
    }

    @Override
    public String missing() {
        for (PartitionImage record : records.values()) {
            for (int brokerId : record.replicas()) {
                if (!ReplicaLog.isWhole(broker(brokerId), nameOf(record))) {
                    return "repair of partition " + nameOf(record) + " at broker " + brokerId;
                }
            }
        }
        return "";
    }

    @Override
    public void settled() {
        lookAtEverything();
    }

    @Override
    public void end() {
        lookAtEverything();
        for (PartitionImage record : records.values()) {
            TopicPartition partition = nameOf(record);
            @Nullable ByteBuffer first = null;
            for (int brokerId : record.replicas()) {
                ByteBuffer bytes = ReplicaLog.bytes(broker(brokerId), partition);
                if (first != null && !first.equals(bytes)) {
                    throw new AssertionError(partition + ": the logs of " + record.replicas()
                            + " differ, though nothing is written any more: " + first.remaining() + " bytes and "
                            + bytes.remaining() + " bytes at broker " + brokerId + ", which differ at "
                            + first.mismatch(bytes));
                }
                first = bytes;
            }
        }
    }

    /** Looks at the store, if anything was written to it. */
    private void look() {
        SimCluster whole = whole();
        EpochRecord epoch = whole.store().epoch();
        if (epoch.writes() == writesSeen) {
            return;
        }
        writesSeen = epoch.writes();
        controllerTerms.wrote(epoch, whole.store().lastWriter());
        Map<MetadataKey, MetadataRecord> present = whole.store().records();
        // A topic may be written, or deleted, in several parts.
        records.values()
                .removeIf(record -> !present.containsKey(record.key())
                        || !present.containsKey(new MetadataKey.Topic(record.topicId())));
        for (MetadataRecord record : present.values()) {
            if (record instanceof PartitionImage partition
                    && present.containsKey(new MetadataKey.Topic(partition.topicId()))) {
                look(partition);
            }
        }
        pictures.committed(epoch.version(), records);
    }

    private void look(PartitionImage record) {
        @Nullable PartitionImage before = records.put(record.key(), record);
        if (!record.equals(before)) {
            RecordRules.check(before, record, minInSync(record));
            count(before, record);
            TopicPartition partition = nameOf(record);
            if (record.leader() != PartitionImage.NO_LEADER) {
                leaderships.recorded(
                        partition, record.leaderEpoch(), record.leader(), diskKnownOf(broker(record.leader())));
            }
            requireAllAtHolders(record);
        }
    }

    /** The disk that the controllers count on: not the one that was just put in. */
    private static int diskKnownOf(SimBroker broker) {
        return broker.diskIsKnown() ? broker.diskNumber() : broker.diskNumber() - 1;
    }

    private void count(@Nullable PartitionImage before, PartitionImage after) {
        if (before != null && after.leaderEpoch() != before.leaderEpoch()) {
            count(Effect.LEADER_ELECTED);
        }
        if (before != null && !after.inSyncReplicas().equals(before.inSyncReplicas())) {
            count(Effect.IN_SYNC_SET_CHANGED);
        }
    }

    private void count(Effect effect) {
        whole().scheduler().effects().add(effect);
    }

    /** Above all when a high watermark moves that stood still: something has changed that it waited for. */
    private boolean isWorthALook(TopicPartition partition) {
        long now = whole().scheduler().now();
        @Nullable Long before = watermarkMovedAt.put(partition, now);
        return before == null || now - before > STANDSTILL_NANOS || ++watermarksSeen % WATERMARKS_BETWEEN_LOOKS == 0;
    }

    private void lookAt(TopicPartition partition) {
        records.values().stream()
                .filter(record -> nameOf(record).equals(partition))
                .forEach(this::requireAllAtHolders);
    }

    private void lookAtEverything() {
        look(); // what is healed goes on at once, before the next event
        for (SimGateway gateway : whole().gateways()) {
            @Nullable Front front = gateway.front();
            if (front != null) {
                pictures.seen(front.view().image(), gateway.toString());
            }
        }
        whole().brokers().forEach(broker -> pictures.seen(broker.picture(), broker.toString()));
        for (PartitionImage record : records.values()) {
            requireAllAtHolders(record);
            requireMatch(nameOf(record));
        }
    }

    private void requireMatch(TopicPartition partition) {
        LogMatching logs = matching.computeIfAbsent(partition, LogMatching::new);
        for (SimBroker broker : whole().brokers()) {
            ReplicaLog.written(broker, partition, batch -> logs.see(batch, "broker " + broker.id()));
        }
    }

    private void requireAllAtHolders(PartitionImage record) {
        for (int brokerId : record.replicas()) {
            if (record.holdsAllCommitted(brokerId)) {
                requireAllIn(
                        broker(brokerId),
                        nameOf(record),
                        CommittedLog.EVERY_EPOCH,
                        "which the store lists as holding everything in " + record);
            }
        }
    }

    /** Of a disk that was replaced the controllers know only when the broker has registered with the new one. */
    private void requireAllIn(SimBroker broker, TopicPartition partition, int upToEpoch, String what) {
        if (broker.diskIsKnown() && !mayHaveToConfess(broker)) {
            committedIn(partition)
                    .requireIn(held(broker, partition), upToEpoch, "broker " + broker.id() + ", " + what + ",");
        }
    }

    /**
     * A start finds damage in what it has to check, and ends the log there. Until the broker is unfenced it may not have told so;
     * nobody elects it until then.
     */
    private boolean mayHaveToConfess(SimBroker broker) {
        return broker.disk().wasDamaged()
                && whole().store().records().get(new MetadataKey.Broker(broker.id())) instanceof BrokerImage image
                && image.fenced();
    }

    private NavigableMap<Long, StoredBatch> held(SimBroker broker, TopicPartition partition) {
        return isInPageCache(partition.topic())
                ? ReplicaLog.written(broker, partition)
                : ReplicaLog.durable(broker, partition);
    }

    private boolean isInPageCache(String topic) {
        return whole().store().records().values().stream()
                .anyMatch(record -> record instanceof TopicRecord known
                        && known.name().equals(topic)
                        && TopicOptions.of(known.configs()).durability() == Durability.PAGE_CACHE);
    }

    private CommittedLog committedIn(TopicPartition partition) {
        return committed.computeIfAbsent(partition, CommittedLog::new);
    }

    private TopicPartition nameOf(PartitionImage record) {
        return new TopicPartition(topicOf(record).name(), record.partition());
    }

    private int minInSync(PartitionImage record) {
        return Integer.parseInt(TopicConfigs.effective(topicOf(record).configs(), TopicConfigs.MIN_INSYNC_REPLICAS));
    }

    private TopicRecord topicOf(PartitionImage record) {
        MetadataRecord topic = whole().store().records().get(new MetadataKey.Topic(record.topicId()));
        return topic instanceof TopicRecord known
                ? known
                : Objects.requireNonNull(null, () -> "There is no topic of " + record);
    }

    private SimBroker broker(int brokerId) {
        return whole().brokers().get(brokerId);
    }

    private SimCluster whole() {
        return Objects.requireNonNull(cluster, "nobody looks on yet");
    }
}
