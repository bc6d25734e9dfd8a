package io.millrace.rpc.client;

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
import io.millrace.core.api.WithdrawReplicasRequest;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.TopicImage;
import io.millrace.internal.v1.AllocateProducerIdsRequest;
import io.millrace.internal.v1.DeleteTopicRequest;
import io.millrace.internal.v1.UnregisterBrokerRequest;
import io.millrace.rpc.wire.BrokerSigns;
import io.millrace.rpc.wire.MalformedMessageException;
import io.millrace.rpc.wire.Outcomes;
import io.millrace.rpc.wire.QuotaChanges;
import io.millrace.rpc.wire.ReplicaChanges;
import io.millrace.rpc.wire.TopicChanges;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The controllers of a cluster, in other processes. Finds the one that decides and follows it by itself, whichever process it
 * moves to. While none can be found, questions wait for a while and are refused with ControllerNotAvailable. A change whose
 * answer was lost is refused with TimedOut: it may have happened. Safe for several threads; futures complete on network
 * threads, which must not be held up.
 */
public final class ControllerClient implements ControllerApi, AutoCloseable {
    private final ClientContext context;
    private final PictureAudience audience = new PictureAudience();
    private final ClusterIdentity cluster;
    private final ControllerLink link;

    /** By broker id: there is one, outside of tests. Confined to the context. */
    private final Map<Integer, BrokerPulse> pulses = new TreeMap<>();

    /**
     * A client that looks for the controller at once.
     *
     * @param bootstrap controllers of the cluster, any of which says who decides; one is enough to begin with
     * @param clusterId of the cluster that this process belongs to, or null for whichever is found first
     */
    public ControllerClient(
            List<ControllerAddress> bootstrap,
            @Nullable String clusterId,
            ControllerClientOptions options,
            ControllerChannels channels) {
        if (bootstrap.isEmpty()) {
            throw new IllegalArgumentException("There must be at least one controller to ask");
        }
        this.context = new ClientContext(channels, options);
        this.cluster = new ClusterIdentity(clusterId);
        this.link = new ControllerLink(context, bootstrap, cluster, this::watchOver);
        context.execute(link::search);
    }

    @Override
    public CompletableFuture<Outcome<TopicImage>> createTopic(CreateTopicRequest request) {
        return new ControllerCall<>(context, link, ControllerCalls.CREATE_TOPIC, TopicChanges.encode(request)).start();
    }

    @Override
    public CompletableFuture<Outcome<TopicImage>> deleteTopic(String name) {
        DeleteTopicRequest request =
                DeleteTopicRequest.newBuilder().setName(name).build();
        return new ControllerCall<>(context, link, ControllerCalls.DELETE_TOPIC, request).start();
    }

    @Override
    public CompletableFuture<Outcome<TopicImage>> addPartitions(AddPartitionsRequest request) {
        return new ControllerCall<>(context, link, ControllerCalls.ADD_PARTITIONS, TopicChanges.encode(request))
                .start();
    }

    @Override
    public CompletableFuture<Outcome<TopicImage>> alterTopicConfigs(AlterTopicConfigsRequest request) {
        return new ControllerCall<>(context, link, ControllerCalls.ALTER_TOPIC_CONFIGS, TopicChanges.encode(request))
                .start();
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> alterPartitions(AlterPartitionsRequest request) {
        return each(
                request.parts().size(),
                new ControllerCall<>(context, link, ControllerCalls.ALTER_PARTITIONS, ReplicaChanges.encode(request))
                        .start());
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> withdrawReplicas(
            WithdrawReplicasRequest request) {
        return each(
                request.parts().size(),
                new ControllerCall<>(context, link, ControllerCalls.WITHDRAW_REPLICAS, ReplicaChanges.encode(request))
                        .start());
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> reassignPartitions(
            ReassignPartitionsRequest request) {
        return each(
                request.parts().size(),
                new ControllerCall<>(context, link, ControllerCalls.REASSIGN_PARTITIONS, ReplicaChanges.encode(request))
                        .start());
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> electLeaders(ElectLeadersRequest request) {
        var answer = new ControllerCall<>(context, link, ControllerCalls.ELECT_LEADERS, ReplicaChanges.encode(request))
                .start();
        return request.partitions().isEmpty()
                ? answer
                : each(request.partitions().size(), answer);
    }

    @Override
    public CompletableFuture<Outcome<ProducerIdBlock>> allocateProducerIds(int count) {
        AllocateProducerIdsRequest request =
                AllocateProducerIdsRequest.newBuilder().setCount(count).build();
        return new ControllerCall<>(context, link, ControllerCalls.ALLOCATE_PRODUCER_IDS, request).start();
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<QuotaEntity>>>> alterQuotas(AlterQuotasRequest request) {
        return each(
                request.alterations().size(),
                new ControllerCall<>(context, link, ControllerCalls.ALTER_QUOTAS, QuotaChanges.encode(request))
                        .start());
    }

    @Override
    public CompletableFuture<Outcome<Integer>> unregisterBroker(int brokerId) {
        UnregisterBrokerRequest request =
                UnregisterBrokerRequest.newBuilder().setBrokerId(brokerId).build();
        return new ControllerCall<>(context, link, ControllerCalls.UNREGISTER_BROKER, request).start();
    }

    @Override
    public CompletableFuture<Outcome<BrokerRegistered>> registerBroker(BrokerRegistration registration) {
        return new ControllerCall<>(context, link, ControllerCalls.REGISTER_BROKER, BrokerSigns.encode(registration))
                .start();
    }

    @Override
    public CompletableFuture<Outcome<BrokerLease>> heartbeat(BrokerHeartbeat heartbeat) {
        PendingHeartbeat pending =
                PendingHeartbeat.of(heartbeat, context.options().heartbeatTimeout());
        context.execute(() -> pulses.computeIfAbsent(heartbeat.brokerId(), id -> new BrokerPulse(context, link))
                .beat(pending));
        return pending.answer();
    }

    /** Ends the stream of that broker's heartbeats, which is how the controller hears of it. */
    @Override
    public void disconnected(int brokerId, long brokerEpoch) {
        context.execute(() -> {
            BrokerPulse pulse = pulses.remove(brokerId);
            if (pulse != null) {
                pulse.stop();
            }
        });
    }

    @Override
    public ControllerStanding standing() {
        return link.standing();
    }

    @Override
    public Subscription watch(MetadataListener listener) {
        return audience.watch(listener);
    }

    /** The latest picture that was heard, which may be a moment behind; before the first one, an empty one of cluster ''. */
    @Override
    public ClusterImage image() {
        return audience.image();
    }

    /** Refuses what waits and whatever is asked later; broken connections tell the controller that this process is gone. */
    @Override
    public void close() {
        context.execute(() -> {
            pulses.values().forEach(BrokerPulse::stop);
            pulses.clear();
            link.close();
            context.close();
        });
    }

    /** An answer that does not say something about each part says nothing. */
    private static <T> CompletableFuture<Outcome<List<Outcome<T>>>> each(
            int parts, CompletableFuture<Outcome<List<Outcome<T>>>> answer) {
        return answer.thenApply(outcome -> switch (outcome) {
            case Outcome.Done<List<Outcome<T>>>(var outcomes)
            when outcomes.size() != parts ->
                Outcomes.unreadable(new MalformedMessageException(
                        "The answer has " + outcomes.size() + " parts instead of " + parts + "."));
            default -> outcome;
        });
    }

    private void watchOver(ControllerConnection connection) {
        PictureWatch.begin(new PictureWatch.Sources(context, link, audience, cluster), connection);
    }
}
