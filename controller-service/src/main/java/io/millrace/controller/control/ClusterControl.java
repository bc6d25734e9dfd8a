package io.millrace.controller.control;

import io.millrace.controller.liveness.BrokerLeases;
import io.millrace.core.api.AddPartitionsRequest;
import io.millrace.core.api.AlterPartitionsRequest;
import io.millrace.core.api.AlterQuotasRequest;
import io.millrace.core.api.AlterTopicConfigsRequest;
import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.ControllerApi.MetadataListener;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.ElectLeadersRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.ProducerIdBlock;
import io.millrace.core.api.ReassignPartitionsRequest;
import io.millrace.core.api.WithdrawReplicasRequest;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.TopicDeletion;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicId;
import io.millrace.core.statemachine.Change;
import io.millrace.core.statemachine.Command;
import io.millrace.core.statemachine.Leadership;
import io.millrace.core.statemachine.StateMachine;
import io.millrace.core.statemachine.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The state machine of the cluster: its state is the picture, its records are the facts of the picture. Beside the
 * picture it knows, for the time of its lead only, who was heard when.
 *
 * <p>Confined to the event loop of its runtime.
 */
public final class ClusterControl implements StateMachine<MetadataKey, MetadataRecord> {
    private final MetadataListener pictures;
    private final ElectionObserver elections;
    private final BrokerLeases leases;
    private final Tombstones tombstones;
    private final Fences fences = new Fences();
    private final Holdings holdings = new Holdings();
    private final BrokerDecisions brokers;
    private final TopicDecisions topics;
    private final ReassignmentDecisions reassignments;
    private final ControlOptions.LeaderImbalance leaderImbalance;
    private final long pauseNanos;
    private final long shortPauseNanos;
    private ClusterImage image = ClusterImage.empty("");
    private long lastTickNanos;
    private long balancedAtNanos;

    /**
     * A controller that knows nothing yet.
     *
     * @param pictures hears about each picture as soon as it is committed, on the event loop
     */
    public ClusterControl(ControlOptions options, MetadataListener pictures, ElectionObserver elections) {
        this.pictures = pictures;
        this.elections = elections;
        this.leases = new BrokerLeases(
                options.liveness().brokerLease(), options.liveness().disconnectGrace());
        this.tombstones = new Tombstones(options.liveness().tombstoneGrace(), leases);
        this.brokers = new BrokerDecisions(options, leases, fences, holdings);
        this.topics = new TopicDecisions(options, holdings);
        this.reassignments = new ReassignmentDecisions(options);
        this.leaderImbalance = options.leaderImbalance();
        this.pauseNanos = options.liveness().brokerLease().dividedBy(2).toNanos();
        Duration grace = options.liveness().disconnectGrace();
        this.shortPauseNanos =
                options.liveness().lookEvery().plus(grace.dividedBy(2)).toNanos();
    }

    /** Creates a topic under an id that was never used. */
    public Command<MetadataKey, MetadataRecord, TopicImage> createTopic(CreateTopicRequest request, TopicId newId) {
        return turn -> topics.create(image, request, newId);
    }

    /** Deletes a topic and leaves a tombstone. */
    public Command<MetadataKey, MetadataRecord, TopicImage> deleteTopic(String name) {
        return turn -> topics.delete(image, name, turn);
    }

    /** Widens a topic. */
    public Command<MetadataKey, MetadataRecord, TopicImage> addPartitions(AddPartitionsRequest request) {
        return turn -> topics.addPartitions(image, request);
    }

    /** Changes the configs of a topic. */
    public Command<MetadataKey, MetadataRecord, TopicImage> alterTopicConfigs(AlterTopicConfigsRequest request) {
        return turn -> topics.alterConfigs(image, request);
    }

    /** Changes in-sync sets as a leader wishes. */
    public Command<MetadataKey, MetadataRecord, List<Outcome<PartitionChanged>>> alterPartitions(
            AlterPartitionsRequest request) {
        return turn -> ReplicaDecisions.alter(image, request);
    }

    /** Takes replicas out of lead and sets, as their broker asks. */
    public Command<MetadataKey, MetadataRecord, List<Outcome<PartitionChanged>>> withdrawReplicas(
            WithdrawReplicasRequest request) {
        return turn -> ReplicaDecisions.withdraw(image, request);
    }

    /** Begins or cancels reassignments. */
    public Command<MetadataKey, MetadataRecord, List<Outcome<PartitionChanged>>> reassignPartitions(
            ReassignPartitionsRequest request) {
        return turn -> reassignments.reassign(image, request);
    }

    /** Elects leaders by command. */
    public Command<MetadataKey, MetadataRecord, List<Outcome<PartitionChanged>>> electLeaders(
            ElectLeadersRequest request) {
        return turn -> ElectionDecisions.elect(image, request);
    }

    /** Gives preferred replicas their lead back, as far as one decision may; yields of how many partitions. */
    public Command<MetadataKey, MetadataRecord, Integer> balanceLeaders() {
        return turn -> ElectionDecisions.balance(image, leaderImbalance.partitionsAtOnceMax());
    }

    /** Gives producer ids. */
    public Command<MetadataKey, MetadataRecord, ProducerIdBlock> allocateProducerIds(int count) {
        return turn -> ProducerIdDecisions.allocate(image, count);
    }

    /** Sets and resets client quotas. */
    public Command<MetadataKey, MetadataRecord, List<Outcome<QuotaEntity>>> alterQuotas(AlterQuotasRequest request) {
        return turn -> QuotaDecisions.alter(image, request);
    }

    /** Forgets a broker. */
    public Command<MetadataKey, MetadataRecord, Integer> unregisterBroker(int brokerId) {
        return turn -> brokers.unregister(image, brokerId, turn);
    }

    /** Takes a broker in. */
    public Command<MetadataKey, MetadataRecord, BrokerRegistered> registerBroker(BrokerRegistration registration) {
        return turn -> brokers.register(image, registration, turn);
    }

    /** Fences or unfences a broker as its heartbeat asks. */
    public Command<MetadataKey, MetadataRecord, BrokerLease> heartbeat(BrokerHeartbeat heartbeat) {
        return turn -> brokers.heartbeat(image, heartbeat);
    }

    /** Fences brokers that have been silent for too long. */
    public Command<MetadataKey, MetadataRecord, List<Integer>> fenceTheSilent() {
        return turn -> brokers.fenceTheSilent(image, turn);
    }

    /** Removes tombstones that have done their work. */
    public Command<MetadataKey, MetadataRecord, Integer> expireTombstones() {
        return turn -> tombstones.expire(image, turn);
    }

    /**
     * Takes a sign of life, which must not wait behind decisions that are being written. Returns the answer, or nothing
     * when {@link #heartbeat} has more to do for it.
     */
    public Optional<Outcome<BrokerLease>> hear(BrokerHeartbeat heartbeat, long nowNanos) {
        var refusal = brokers.refusalOf(image, heartbeat);
        if (refusal.isPresent()) {
            return Optional.of(Outcome.refused(refusal.get()));
        }
        if (!heartbeat.wantsShutdown()) {
            leases.renew(heartbeat.brokerId(), nowNanos, heartbeat.metadataVersion());
        }
        var decision = brokers.heartbeat(image, heartbeat);
        return decision.changes().isEmpty() ? Optional.of(decision.outcome()) : Optional.empty();
    }

    /**
     * Takes a sign of life while nothing can be decided: a broker that the last picture knows keeps its lease, and stays
     * fenced or unfenced as it was. Nothing when there is more to do, or the last picture may be too old to tell.
     */
    public Optional<Outcome<BrokerLease>> hearSuspended(BrokerHeartbeat heartbeat, long nowNanos) {
        BrokerImage broker = image.brokers().get(heartbeat.brokerId());
        if (broker == null || heartbeat.brokerEpoch() > broker.brokerEpoch()) {
            return Optional.empty();
        }
        return hear(heartbeat, nowNanos);
    }

    /** The connection that brought the broker's heartbeats has broken. */
    public void disconnected(int brokerId, long brokerEpoch, long nowNanos) {
        BrokerImage broker = image.brokers().get(brokerId);
        if (broker != null && broker.brokerEpoch() == brokerEpoch) {
            leases.doubt(brokerId, nowNanos);
        }
    }

    /** Notes that time goes on. After a pause of this process nobody is fenced for what it may have missed itself. */
    public void tick(long nowNanos) {
        long nanos = nowNanos - lastTickNanos;
        if (nanos > pauseNanos) {
            leases.extendAll(nowNanos);
        } else if (nanos > shortPauseNanos) {
            leases.extendGrace(nowNanos);
        }
        lastTickNanos = nowNanos;
    }

    /** Says whether it is time to look for preferred replicas that do not lead; the next time is counted from now then. */
    public boolean isBalanceDue(long nowNanos) {
        boolean due = leaderImbalance.rebalance()
                && nowNanos - balancedAtNanos >= leaderImbalance.checkInterval().toNanos();
        balancedAtNanos = due ? nowNanos : balancedAtNanos;
        return due;
    }

    @Override
    public void load(Leadership<MetadataKey, MetadataRecord> leadership, Turn turn) {
        List<MetadataChange> facts = new ArrayList<>(leadership.state().size());
        leadership.state().values().forEach(fact -> facts.add(new MetadataChange.Put(fact)));
        boolean unbroken = turn.epoch() == image.controllerEpoch() + 1;
        ClusterImage parts = ClusterImage.empty(leadership.logId()).apply(new ClusterDelta(1, turn.epoch(), facts));
        image = new ClusterImage(
                leadership.logId(),
                leadership.version(),
                turn.epoch(),
                parts.brokers(),
                parts.topics(),
                parts.deletedTopics(),
                parts.nextProducerId(),
                parts.quotas(),
                parts.assembly());
        leases.begin(
                image.brokers().values().stream()
                        .filter(broker -> !broker.fenced())
                        .map(BrokerImage::brokerId)
                        .toList(),
                unbroken,
                turn.nowNanos());
        tombstones.load(image);
        fences.load(image);
        holdings.load(image);
        lastTickNanos = turn.nowNanos();
        balancedAtNanos = turn.nowNanos();
        pictures.onSnapshot(image);
    }

    @Override
    public List<Change<MetadataKey, MetadataRecord>> repair(Turn turn) {
        return ClusterRepair.of(image);
    }

    @Override
    public void apply(List<Change<MetadataKey, MetadataRecord>> changes, long version, Turn turn) {
        ClusterImage before = image;
        ClusterDelta delta = new ClusterDelta(version, turn.epoch(), Changes.ofPicture(changes));
        image = before.apply(delta);
        ElectionTally tally = new ElectionTally(before);
        for (MetadataChange change : delta.changes()) {
            holdings.follow(before, change);
            tally.follow(change);
            switch (change) {
                case MetadataChange.Put(BrokerImage broker) -> {
                    fences.follow(broker, version);
                    followBroker(before, broker, turn.nowNanos());
                }
                case MetadataChange.Put(TopicDeletion tombstone) -> tombstones.added(tombstone.topicId(), version);
                case MetadataChange.Removed(MetadataKey.DeletedTopic(TopicId id)) -> tombstones.removed(id);
                default -> {}
            }
        }
        tally.tell(elections);
        pictures.onDelta(delta, image);
    }

    private void followBroker(ClusterImage before, BrokerImage broker, long nowNanos) {
        BrokerImage old = before.brokers().get(broker.brokerId());
        if (old == null || old.brokerEpoch() != broker.brokerEpoch()) {
            leases.renew(broker.brokerId(), nowNanos, -1); // who registers lives
        } else if (broker.fenced()) {
            leases.end(broker.brokerId());
        }
    }
}
