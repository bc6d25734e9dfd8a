package io.millrace.controller.control;

import io.millrace.controller.liveness.BrokerLeases;
import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.statemachine.Decision;
import io.millrace.core.statemachine.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** What registrations, heartbeats and silence of brokers change. Changes nothing itself. */
final class BrokerDecisions {
    private final ControlOptions options;
    private final BrokerLeases leases;
    private final Fences fences;
    private final Holdings holdings;

    BrokerDecisions(ControlOptions options, BrokerLeases leases, Fences fences, Holdings holdings) {
        this.options = options;
        this.leases = leases;
        this.fences = fences;
        this.holdings = holdings;
    }

    /**
     * Takes a broker in, fenced. A new incarnation takes the place of one that has stopped: one whose lease has run out,
     * or that this leader has never heard. It gets a new epoch, so that nothing the old one sends counts any more.
     */
    Decision<MetadataKey, MetadataRecord, BrokerRegistered> register(
            ClusterImage image, BrokerRegistration registration, Turn turn) {
        Optional<Refusal> problem = RegistrationCheck.problemOf(registration, image.clusterId());
        if (problem.isPresent()) {
            return Decision.refused(problem.get());
        }
        int brokerId = registration.brokerId();
        BrokerImage present = image.brokers().get(brokerId);
        if (present != null && present.incarnation().equals(registration.incarnation())) {
            // The answer to the first registration was lost on its way.
            return Decision.unchanged(new BrokerRegistered(image.clusterId(), present.brokerEpoch()));
        }
        Duration left = leases.untilGivenUp(brokerId, turn.nowNanos());
        if (present != null && left.isPositive()) {
            return Decision.refused(new Refusal.BrokerIdInUse(
                    brokerId,
                    "Broker " + brokerId + " is registered by another process that was heard lately; if that one has"
                            + " stopped, its place is free in " + Math.max(1, left.toMillis()) + " ms."));
        }
        // Versions only grow, so the version of this decision serves as the epoch.
        long brokerEpoch = image.version() + 1;
        BrokerImage broker = new BrokerImage(
                brokerId,
                registration.incarnation(),
                brokerEpoch,
                registration.rack(),
                registration.endpoints(),
                registration.directoryIds(),
                true);
        boolean lostDirectory = present != null && !registration.directoryIds().containsAll(present.directoryIds());
        Changes changes = lostDirectory ? withLosses(image, broker) : withElections(image, broker);
        return Decision.of(changes.list(), new BrokerRegistered(image.clusterId(), brokerEpoch));
    }

    /** Forgets a broker that is gone and has no replicas, so that nobody waits for it or plans with it any more. */
    Decision<MetadataKey, MetadataRecord, Integer> unregister(ClusterImage image, int brokerId, Turn turn) {
        BrokerImage broker = image.brokers().get(brokerId);
        if (broker == null) {
            return Decision.refused(new Refusal.UnknownBroker(brokerId));
        }
        boolean lives = leases.untilGivenUp(brokerId, turn.nowNanos()).isPositive();
        if (!broker.fenced() || lives) {
            return Decision.refused(new Refusal.InvalidRequest(
                    "Broker " + brokerId + " was heard lately; only one that has stopped can be forgotten."));
        }
        Collection<TopicImage> holding = holdings.topicsOf(image, List.of(brokerId));
        if (!holding.isEmpty()) {
            return Decision.refused(new Refusal.InvalidRequest("Broker " + brokerId + " has replicas of "
                    + holding.size() + " topics, for example of '"
                    + holding.iterator().next().name()
                    + "'; they have to be moved to other brokers first."));
        }
        return Decision.of(new Changes().remove(broker.key()).list(), brokerId);
    }

    /** Why a heartbeat does not count, if it does not. */
    Optional<Refusal> refusalOf(ClusterImage image, BrokerHeartbeat heartbeat) {
        return SenderCheck.problemOf(image, heartbeat.brokerId(), heartbeat.brokerEpoch());
    }

    /** Lets a broker lead that has carried out the picture by which it was fenced, or one go that wants to. */
    Decision<MetadataKey, MetadataRecord, BrokerLease> heartbeat(ClusterImage image, BrokerHeartbeat heartbeat) {
        Optional<Refusal> refusal = refusalOf(image, heartbeat);
        BrokerImage broker = image.brokers().get(heartbeat.brokerId());
        if (refusal.isPresent() || broker == null) {
            return Decision.refused(refusal.orElseThrow());
        }
        boolean fenced = shallBeFenced(broker, heartbeat);
        if (fenced == broker.fenced()) {
            return Decision.unchanged(lease(fenced));
        }
        return Decision.of(withElections(image, broker.withFencing(fenced)).list(), lease(fenced));
    }

    /** Fences the brokers whose leases have run out. */
    Decision<MetadataKey, MetadataRecord, List<Integer>> fenceTheSilent(ClusterImage image, Turn turn) {
        List<Integer> silent = new ArrayList<>();
        Changes changes = new Changes();
        for (int id : leases.expired(turn.nowNanos())) {
            BrokerImage broker = image.brokers().get(id);
            if (broker != null && !broker.fenced()) {
                silent.add(id);
                changes.put(broker.withFencing(true));
            }
        }
        if (silent.isEmpty()) {
            return Decision.unchanged(silent);
        }
        IntPredicate mayLead = mayLead(image);
        changes.putPartitions(
                image,
                LeaderElection.changes(
                        holdings.topicsOf(image, silent), id -> !silent.contains(id) && mayLead.test(id)));
        return Decision.of(changes.list(), silent);
    }

    private BrokerLease lease(boolean fenced) {
        return new BrokerLease(options.liveness().brokerLease(), fenced);
    }

    /** The brokers that may lead in a picture. */
    static IntPredicate mayLead(ClusterImage image) {
        return id -> {
            BrokerImage broker = image.brokers().get(id);
            return broker != null && !broker.fenced();
        };
    }

    private boolean shallBeFenced(BrokerImage broker, BrokerHeartbeat heartbeat) {
        boolean caughtUp = fences.isKnownAt(broker.brokerId(), heartbeat.metadataVersion());
        return heartbeat.wantsShutdown() || (broker.fenced() && !caughtUp);
    }

    private Changes withElections(ClusterImage image, BrokerImage changed) {
        return new Changes()
                .put(changed)
                .putPartitions(
                        image,
                        LeaderElection.changes(
                                holdings.topicsOf(image, List.of(changed.brokerId())), mayLeadWith(image, changed)));
    }

    /**
     * A directory of the broker is gone, and nobody can say what was in it: all of its replicas count as empty. The broker
     * comes last: were its new directories written and the losses not, nobody would ever know of them.
     */
    private Changes withLosses(ClusterImage image, BrokerImage broker) {
        IntPredicate mayLead = mayLeadWith(image, broker);
        List<PartitionImage> changed = new ArrayList<>();
        for (TopicImage topic : holdings.topicsOf(image, List.of(broker.brokerId()))) {
            ElectionRules rules = ElectionRules.of(topic.topic(), mayLead);
            for (PartitionImage partition : topic.partitions()) {
                if (!wasNeverLed(partition)) {
                    new PartitionDraft(partition, rules)
                            .without(broker.brokerId())
                            .settled()
                            .ifPresent(changed::add);
                }
            }
        }
        return new Changes().putPartitions(image, changed).put(broker);
    }

    /** Nobody has lived since it was created, so nothing was ever written to it: an empty log is all that there is of it. */
    private static boolean wasNeverLed(PartitionImage partition) {
        return partition.leader() == PartitionImage.NO_LEADER && partition.leaderEpoch() == 0;
    }

    private static IntPredicate mayLeadWith(ClusterImage image, BrokerImage changed) {
        IntPredicate others = mayLead(image);
        return id -> id == changed.brokerId() ? !changed.fenced() : others.test(id);
    }
}
