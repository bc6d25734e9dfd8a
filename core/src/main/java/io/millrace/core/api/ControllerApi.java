package io.millrace.core.api;

import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.TopicImage;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * All that the rest of the platform may ask of the controller. A change is answered when it is committed; the picture
 * that watchers see may follow a moment later, so an answer carries what it made.
 */
public interface ControllerApi {
    /** Creates a topic with all its partitions, or nothing of it. */
    CompletableFuture<Outcome<TopicImage>> createTopic(CreateTopicRequest request);

    /** Deletes a topic; its name is free again at once. */
    CompletableFuture<Outcome<TopicImage>> deleteTopic(String name);

    /** Adds partitions; their number can only grow. */
    CompletableFuture<Outcome<TopicImage>> addPartitions(AddPartitionsRequest request);

    /** Sets and resets configs of a topic, all of them or none. */
    CompletableFuture<Outcome<TopicImage>> alterTopicConfigs(AlterTopicConfigsRequest request);

    /** Changes in-sync sets as leaders wish; one outcome for each part, in their order. */
    CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> alterPartitions(AlterPartitionsRequest request);

    /** Takes replicas of the asking broker out of lead and in-sync set; one outcome for each part, in their order. */
    CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> withdrawReplicas(WithdrawReplicasRequest request);

    /** Begins or cancels reassignments; one outcome for each part, in their order. The picture shows their progress. */
    CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> reassignPartitions(ReassignPartitionsRequest request);

    /** Elects leaders; one outcome for each partition asked for, or, when none is named, for each that was changed. */
    CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> electLeaders(ElectLeadersRequest request);

    /** Gives that many producer ids, which nobody else ever gets; at most {@link ProducerIdBlock#COUNT_MAX} at once. */
    CompletableFuture<Outcome<ProducerIdBlock>> allocateProducerIds(int count);

    /** Sets and resets client quotas; one outcome for each alteration, in their order, with the entity as the picture has it. */
    CompletableFuture<Outcome<List<Outcome<QuotaEntity>>>> alterQuotas(AlterQuotasRequest request);

    /** Takes a broker in. It stays fenced until a heartbeat says that it has caught up. */
    CompletableFuture<Outcome<BrokerRegistered>> registerBroker(BrokerRegistration registration);

    /**
     * Forgets a broker that is gone for good, and yields its id. One that was heard lately is refused, and so is one that has
     * replicas: they have to be moved first.
     */
    CompletableFuture<Outcome<Integer>> unregisterBroker(int brokerId);

    /** Renews a broker's lease. */
    CompletableFuture<Outcome<BrokerLease>> heartbeat(BrokerHeartbeat heartbeat);

    /**
     * The connection over which that broker sent its heartbeats has broken. Unless it is heard again within a short grace,
     * it is held for dead before its lease has run out.
     */
    void disconnected(int brokerId, long brokerEpoch);

    /** Who decides at the moment, as far as the one that is asked knows. */
    ControllerStanding standing();

    /**
     * Watches the picture: the listener gets a snapshot, then every delta behind it without gaps, in order. Returns how to
     * stop.
     */
    Subscription watch(MetadataListener listener);

    /**
     * The latest picture that is known where this is asked. It may be a moment behind a change that was answered, as it is in
     * another process than the controller's.
     */
    ClusterImage image();

    /** Hears about the picture; called on one thread at a time, never concurrently for one subscription. */
    interface MetadataListener {
        /** The whole picture: first, and again whenever deltas cannot bridge a gap. */
        void onSnapshot(ClusterImage image);

        /** The next step, with the picture it leads to. */
        void onDelta(ClusterDelta delta, ClusterImage after);
    }

    /** A watch that goes on until it is closed. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
