package io.millrace.core.api.twin;

import io.millrace.core.api.AddPartitionsRequest;
import io.millrace.core.api.AlterPartitionsRequest;
import io.millrace.core.api.AlterQuotasRequest;
import io.millrace.core.api.AlterTopicConfigsRequest;
import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.ControllerStanding;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.ElectLeadersRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.ProducerIdBlock;
import io.millrace.core.api.ReassignPartitionsRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.WithdrawReplicasRequest;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.ProducerIdsRecord;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.TopicConfigs;
import io.millrace.core.metadata.TopicDeletion;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.Endpoint;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A controller of one broker, number {@link #BROKER_ID}, that forgets everything: it decides at once, on the caller's
 * thread, and leases never run out. Safe for several threads; listeners are called before the change is answered.
 */
public final class InMemoryController implements ControllerApi {
    public static final int BROKER_ID = 0;
    public static final String CLUSTER_ID = "in-memory-cluster";
    public static final int PARTITIONS_PER_TOPIC_MAX = 10_000;

    private static final int CONTROLLER_EPOCH = 1;

    private final List<MetadataListener> listeners = new ArrayList<>();
    private ClusterImage image = ClusterImage.empty(CLUSTER_ID);
    private long topicsCreated;

    /** A cluster whose broker has not registered yet; topics created before have no leader. */
    public InMemoryController() {}

    /** A cluster whose broker is there already and leads every partition. */
    public static InMemoryController withBroker() {
        InMemoryController controller = new InMemoryController();
        BrokerRegistration registration = new BrokerRegistration(
                BROKER_ID, null, new UUID(0, 0), null, List.of(new Endpoint("internal", "127.0.0.1", 0)));
        controller.register(registration);
        controller.beat(new BrokerHeartbeat(BROKER_ID, 1, controller.image.version(), false));
        return controller;
    }

    @Override
    public synchronized CompletableFuture<Outcome<TopicImage>> createTopic(CreateTopicRequest request) {
        return CompletableFuture.completedFuture(create(request));
    }

    @Override
    public synchronized CompletableFuture<Outcome<TopicImage>> deleteTopic(String name) {
        Optional<TopicImage> topic = image.topic(name);
        if (topic.isEmpty()) {
            return CompletableFuture.completedFuture(Outcome.refused(new Refusal.UnknownTopic(name)));
        }
        TopicImage gone = topic.get();
        List<MetadataChange> changes = new ArrayList<>();
        changes.add(new MetadataChange.Put(
                new TopicDeletion(gone.topicId(), name, gone.partitions().size(), 0)));
        changes.add(new MetadataChange.Removed(gone.topic().key()));
        gone.partitions().forEach(partition -> changes.add(new MetadataChange.Removed(partition.key())));
        commit(changes);
        return CompletableFuture.completedFuture(Outcome.done(gone));
    }

    @Override
    public synchronized CompletableFuture<Outcome<TopicImage>> addPartitions(AddPartitionsRequest request) {
        return CompletableFuture.completedFuture(image.topic(request.topic())
                .map(topic -> widen(topic, request))
                .orElseGet(() -> Outcome.refused(new Refusal.UnknownTopic(request.topic()))));
    }

    @Override
    public synchronized CompletableFuture<Outcome<TopicImage>> alterTopicConfigs(AlterTopicConfigsRequest request) {
        return CompletableFuture.completedFuture(image.topic(request.topic())
                .map(topic -> alter(topic, request))
                .orElseGet(() -> Outcome.refused(new Refusal.UnknownTopic(request.topic()))));
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> alterPartitions(AlterPartitionsRequest request) {
        return changeReplicas(replicas -> replicas.alter(request));
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> withdrawReplicas(
            WithdrawReplicasRequest request) {
        return changeReplicas(replicas -> replicas.withdraw(request));
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> reassignPartitions(
            ReassignPartitionsRequest request) {
        return changeReplicas(replicas -> replicas.reassign(request));
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> electLeaders(ElectLeadersRequest request) {
        return changeReplicas(replicas -> replicas.elect(request));
    }

    private synchronized CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> changeReplicas(
            Function<TwinReplicas, Outcome<List<Outcome<PartitionChanged>>>> change) {
        TwinReplicas replicas = new TwinReplicas(image, BROKER_ID);
        Outcome<List<Outcome<PartitionChanged>>> answer = change.apply(replicas);
        if (!replicas.changes().isEmpty()) {
            commit(replicas.changes());
        }
        return CompletableFuture.completedFuture(answer);
    }

    @Override
    public synchronized CompletableFuture<Outcome<ProducerIdBlock>> allocateProducerIds(int count) {
        if (count < 1 || count > ProducerIdBlock.COUNT_MAX) {
            return CompletableFuture.completedFuture(
                    Outcome.refused(new Refusal.InvalidRequest("Not so many producer ids: " + count + ".")));
        }
        long first = image.nextProducerId();
        commit(List.of(new MetadataChange.Put(new ProducerIdsRecord(first + count))));
        return CompletableFuture.completedFuture(Outcome.done(new ProducerIdBlock(first, count)));
    }

    @Override
    public synchronized CompletableFuture<Outcome<List<Outcome<QuotaEntity>>>> alterQuotas(AlterQuotasRequest request) {
        TwinQuotas quotas = new TwinQuotas(image.quotas());
        Outcome<List<Outcome<QuotaEntity>>> answer = Outcome.done(quotas.alter(request));
        if (!quotas.changes().isEmpty()) {
            commit(quotas.changes());
        }
        return CompletableFuture.completedFuture(answer);
    }

    @Override
    public synchronized CompletableFuture<Outcome<BrokerRegistered>> registerBroker(BrokerRegistration registration) {
        return CompletableFuture.completedFuture(register(registration));
    }

    @Override
    public synchronized CompletableFuture<Outcome<Integer>> unregisterBroker(int brokerId) {
        return CompletableFuture.completedFuture(unregister(brokerId));
    }

    private Outcome<Integer> unregister(int brokerId) {
        BrokerImage broker = image.brokers().get(brokerId);
        if (broker == null) {
            return Outcome.refused(new Refusal.UnknownBroker(brokerId));
        }
        if (!broker.fenced() || !image.topics().isEmpty()) {
            return Outcome.refused(new Refusal.InvalidRequest("Broker " + brokerId + " is alive, or has replicas."));
        }
        commit(List.of(new MetadataChange.Removed(broker.key())));
        return Outcome.done(brokerId);
    }

    @Override
    public synchronized CompletableFuture<Outcome<BrokerLease>> heartbeat(BrokerHeartbeat heartbeat) {
        return CompletableFuture.completedFuture(beat(heartbeat));
    }

    @Override
    public void disconnected(int brokerId, long brokerEpoch) {
        // Leases never run out here.
    }

    @Override
    public ControllerStanding standing() {
        return new ControllerStanding(
                new ControllerStanding.ActiveController("controller-0", "127.0.0.1", 0, CONTROLLER_EPOCH), false);
    }

    @Override
    public synchronized Subscription watch(MetadataListener listener) {
        listeners.add(listener);
        listener.onSnapshot(image);
        return () -> stop(listener);
    }

    @Override
    public synchronized ClusterImage image() {
        return image;
    }

    private synchronized void stop(MetadataListener listener) {
        listeners.remove(listener);
    }

    private Outcome<TopicImage> create(CreateTopicRequest request) {
        Optional<String> problem = TopicName.problemOf(request.name());
        if (problem.isPresent()) {
            return Outcome.refused(new Refusal.InvalidTopicName(request.name(), problem.get()));
        }
        if (image.topic(request.name()).isPresent()) {
            return Outcome.refused(new Refusal.TopicExists(request.name()));
        }
        int assigned = request.assignments().size();
        int count = request.partitionCount() == CreateTopicRequest.DEFAULT
                ? Math.max(1, assigned)
                : request.partitionCount();
        Optional<Refusal> badAssignment = problemOf(request.assignments(), 0, count, request.replicationFactor());
        if (badAssignment.isPresent()) {
            return Outcome.refused(badAssignment.get());
        }
        if (count < 1 || count > PARTITIONS_PER_TOPIC_MAX) {
            return Outcome.refused(countRefusal(count));
        }
        if (request.replicationFactor() != 1 && request.replicationFactor() != CreateTopicRequest.DEFAULT) {
            return Outcome.refused(new Refusal.InvalidReplicationFactor("A replication factor of "
                    + request.replicationFactor() + " is impossible in a cluster of 1 broker."));
        }
        Optional<Refusal> badConfig = problemOf(request.configs());
        if (badConfig.isPresent()) {
            return Outcome.refused(badConfig.get());
        }
        TopicId id = new TopicId(new UUID(1, ++topicsCreated));
        TopicRecord topic = new TopicRecord(id, request.name(), count, 1, request.configs());
        return put(topic, partitions(id, 0, count), request.validateOnly());
    }

    private Outcome<TopicImage> widen(TopicImage topic, AddPartitionsRequest request) {
        int present = topic.partitions().size();
        int assigned = request.assignments().size();
        int count = assigned > 0 && request.partitionCount() == AddPartitionsRequest.BY_ASSIGNMENTS
                ? present + assigned
                : request.partitionCount();
        if (count <= present || count > PARTITIONS_PER_TOPIC_MAX) {
            return Outcome.refused(countRefusal(count));
        }
        Optional<Refusal> badAssignment = problemOf(request.assignments(), present, count - present, 1);
        if (badAssignment.isPresent()) {
            return Outcome.refused(badAssignment.get());
        }
        TopicRecord old = topic.topic();
        TopicRecord wider = new TopicRecord(old.topicId(), old.name(), count, old.replicationFactor(), old.configs());
        return put(wider, partitions(old.topicId(), present, count), request.validateOnly());
    }

    private Outcome<TopicImage> alter(TopicImage topic, AlterTopicConfigsRequest request) {
        Optional<Refusal> badConfig = problemOf(request.set());
        if (badConfig.isPresent()) {
            return Outcome.refused(badConfig.get());
        }
        for (String name : request.reset()) {
            if (TopicConfigs.definition(name).isEmpty()) {
                return Outcome.refused(new Refusal.InvalidConfig(
                        name, TopicConfigs.problemOf(name, "").orElseThrow()));
            }
        }
        TopicRecord old = topic.topic();
        Map<String, String> configs = new TreeMap<>(old.configs());
        request.reset().forEach(configs::remove);
        configs.putAll(request.set());
        TopicRecord altered =
                new TopicRecord(old.topicId(), old.name(), old.partitionCount(), old.replicationFactor(), configs);
        return put(altered, List.of(), request.validateOnly());
    }

    private Outcome<BrokerRegistered> register(BrokerRegistration registration) {
        String clusterId = registration.clusterId();
        if (registration.brokerId() != BROKER_ID || (clusterId != null && !clusterId.equals(CLUSTER_ID))) {
            return Outcome.refused(new Refusal.RegistrationRefused(
                    "This cluster, " + CLUSTER_ID + ", has a place for broker " + BROKER_ID + " only."));
        }
        BrokerImage broker = new BrokerImage(
                BROKER_ID,
                registration.incarnation(),
                image.version() + 1,
                registration.rack(),
                registration.endpoints(),
                registration.directoryIds(),
                true);
        commit(List.of(new MetadataChange.Put(broker)));
        return Outcome.done(new BrokerRegistered(CLUSTER_ID, broker.brokerEpoch()));
    }

    private Outcome<BrokerLease> beat(BrokerHeartbeat heartbeat) {
        BrokerImage broker = image.brokers().get(heartbeat.brokerId());
        if (broker == null) {
            return Outcome.refused(new Refusal.UnknownBroker(heartbeat.brokerId()));
        }
        if (broker.brokerEpoch() != heartbeat.brokerEpoch()) {
            return Outcome.refused(new Refusal.StaleEpoch("Broker epoch " + heartbeat.brokerEpoch()
                    + " is not the current one, " + broker.brokerEpoch() + "."));
        }
        boolean behind = broker.fenced() && heartbeat.metadataVersion() < broker.brokerEpoch();
        boolean fenced = heartbeat.wantsShutdown() || behind;
        if (broker.fenced() != fenced) {
            setFenced(broker, fenced);
        }
        return Outcome.done(new BrokerLease(Duration.ofSeconds(10), fenced));
    }

    private void setFenced(BrokerImage broker, boolean fenced) {
        List<MetadataChange> changes = new ArrayList<>();
        changes.add(new MetadataChange.Put(broker.withFencing(fenced)));
        int leader = fenced ? PartitionImage.NO_LEADER : BROKER_ID;
        for (TopicImage topic : image.topics().values()) {
            for (PartitionImage old : topic.partitions()) {
                if (!old.inSyncReplicas().isEmpty()) {
                    changes.add(new MetadataChange.Put(TwinReplicas.next(old, old.inSyncReplicas(), leader)));
                }
            }
        }
        commit(changes);
    }

    private List<MetadataRecord> partitions(TopicId id, int from, int to) {
        BrokerImage broker = image.brokers().get(BROKER_ID);
        int leader = broker == null || broker.fenced() ? PartitionImage.NO_LEADER : BROKER_ID;
        List<MetadataRecord> partitions = new ArrayList<>();
        for (int partition = from; partition < to; partition++) {
            partitions.add(new PartitionImage(id, partition, List.of(BROKER_ID), List.of(BROKER_ID), leader, 0, 0));
        }
        return partitions;
    }

    private Outcome<TopicImage> put(TopicRecord topic, List<MetadataRecord> partitions, boolean validateOnly) {
        List<MetadataChange> changes = new ArrayList<>();
        partitions.forEach(partition -> changes.add(new MetadataChange.Put(partition)));
        changes.add(new MetadataChange.Put(topic));
        ClusterDelta delta = new ClusterDelta(image.version() + 1, CONTROLLER_EPOCH, changes);
        ClusterImage after = image.apply(delta);
        if (!validateOnly) {
            commit(changes);
        }
        return Outcome.done(after.topic(topic.name()).orElseThrow());
    }

    private void commit(List<MetadataChange> changes) {
        ClusterDelta delta = new ClusterDelta(image.version() + 1, CONTROLLER_EPOCH, changes);
        image = image.apply(delta);
        for (MetadataListener listener : List.copyOf(listeners)) {
            listener.onDelta(delta, image);
        }
    }

    /** With one broker there is one assignment that is right. */
    private Optional<Refusal> problemOf(List<List<Integer>> assignments, int from, int added, int replicationFactor) {
        if (assignments.isEmpty()) {
            return Optional.empty();
        }
        boolean oneEach = replicationFactor == 1 || replicationFactor == CreateTopicRequest.DEFAULT;
        if (assignments.size() != added || !oneEach) {
            return Optional.of(new Refusal.InvalidReplicaAssignment("The assignments place " + assignments.size()
                    + " partitions on 1 broker each, not " + added + " as the counts say."));
        }
        for (int i = 0; i < added; i++) {
            if (!assignments.get(i).equals(List.of(BROKER_ID))
                    || image.brokers().isEmpty()) {
                return Optional.of(new Refusal.InvalidReplicaAssignment("Partition " + (from + i) + " is assigned to "
                        + assignments.get(i) + "; there is broker " + BROKER_ID + " only."));
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> problemOf(Map<String, String> configs) {
        for (Map.Entry<String, String> config : new TreeMap<>(configs).entrySet()) {
            Optional<String> problem = TopicConfigs.problemOf(config.getKey(), config.getValue());
            if (problem.isPresent()) {
                return Optional.of(new Refusal.InvalidConfig(config.getKey(), problem.get()));
            }
        }
        return Optional.empty();
    }

    private static Refusal countRefusal(int count) {
        return new Refusal.InvalidPartitionCount("A topic has 1 to " + PARTITIONS_PER_TOPIC_MAX
                + " partitions, and their number only grows; " + count + " is impossible.");
    }
}
