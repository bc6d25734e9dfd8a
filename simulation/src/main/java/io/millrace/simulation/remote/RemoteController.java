package io.millrace.simulation.remote;

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
import io.millrace.core.environment.EventLoop;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.TopicImage;
import io.millrace.simulation.network.Address;
import io.millrace.simulation.network.Network;
import io.millrace.simulation.schedule.SimProcess;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The controllers of a cluster, in other processes: finds the one that decides and follows it, by the rules of the product's
 * client over gRPC.
 */
public final class RemoteController implements ControllerApi {
    private final EventLoop loop;
    private final SimProcess process;
    private final PictureAudience audience;
    private final ControllerLink link;
    private final Map<Integer, BrokerPulse> pulses = new TreeMap<>();

    /** A client that looks for the controller at once. */
    public RemoteController(Network network, SimProcess process, List<Address> bootstrap) {
        this.process = process;
        this.loop = process.network();
        this.audience = new PictureAudience(process.loop("pictures"));
        this.link = new ControllerLink(network, process, bootstrap, this::watchOver);
        loop.post(link::search);
    }

    private void watchOver(ControllerLink.Connected connection) {
        var _ = new PictureWatch(link, connection, audience, loop, process.clock());
    }

    @Override
    public CompletableFuture<Outcome<TopicImage>> createTopic(CreateTopicRequest request) {
        return ask("create-topic", false, controller -> controller.createTopic(request));
    }

    @Override
    public CompletableFuture<Outcome<TopicImage>> deleteTopic(String name) {
        return ask("delete-topic", false, controller -> controller.deleteTopic(name));
    }

    @Override
    public CompletableFuture<Outcome<TopicImage>> addPartitions(AddPartitionsRequest request) {
        return ask("add-partitions", false, controller -> controller.addPartitions(request));
    }

    @Override
    public CompletableFuture<Outcome<TopicImage>> alterTopicConfigs(AlterTopicConfigsRequest request) {
        return ask("alter-topic-configs", false, controller -> controller.alterTopicConfigs(request));
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> alterPartitions(AlterPartitionsRequest request) {
        return ask("alter-partitions", false, controller -> controller.alterPartitions(request));
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> withdrawReplicas(
            WithdrawReplicasRequest request) {
        return ask("withdraw-replicas", true, controller -> controller.withdrawReplicas(request));
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> reassignPartitions(
            ReassignPartitionsRequest request) {
        return ask("reassign-partitions", false, controller -> controller.reassignPartitions(request));
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> electLeaders(ElectLeadersRequest request) {
        return ask("elect-leaders", false, controller -> controller.electLeaders(request));
    }

    @Override
    public CompletableFuture<Outcome<ProducerIdBlock>> allocateProducerIds(int count) {
        return ask("allocate-producer-ids", true, controller -> controller.allocateProducerIds(count));
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<QuotaEntity>>>> alterQuotas(AlterQuotasRequest request) {
        return ask("alter-quotas", false, controller -> controller.alterQuotas(request));
    }

    @Override
    public CompletableFuture<Outcome<Integer>> unregisterBroker(int brokerId) {
        return ask("unregister-broker", true, controller -> controller.unregisterBroker(brokerId));
    }

    @Override
    public CompletableFuture<Outcome<BrokerRegistered>> registerBroker(BrokerRegistration registration) {
        return ask("register-broker", true, controller -> controller.registerBroker(registration));
    }

    @Override
    public CompletableFuture<Outcome<BrokerLease>> heartbeat(BrokerHeartbeat heartbeat) {
        CompletableFuture<Outcome<BrokerLease>> answer = new CompletableFuture<>();
        loop.post(() -> pulses.computeIfAbsent(heartbeat.brokerId(), _ -> new BrokerPulse(link, loop, process.clock()))
                .beat(heartbeat, answer));
        return answer;
    }

    /** Ends the stream of that broker's heartbeats, which is how the controller hears of it. */
    @Override
    public void disconnected(int brokerId, long brokerEpoch) {
        loop.post(() -> {
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

    @Override
    public ClusterImage image() {
        return audience.image();
    }

    private <T> CompletableFuture<Outcome<T>> ask(
            String label, boolean repeatable, Function<ControllerApi, CompletableFuture<Outcome<T>>> question) {
        ControllerCall<T> call = new ControllerCall<>(link, process, label, repeatable, question);
        loop.post(call::attempt);
        return call.answer();
    }
}
