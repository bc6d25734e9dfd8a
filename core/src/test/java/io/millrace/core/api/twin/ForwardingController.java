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
import io.millrace.core.api.WithdrawReplicasRequest;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.TopicImage;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A controller that passes everything on to another, for tests that change one thing about it. */
public class ForwardingController implements ControllerApi {
    private final ControllerApi controller;

    public ForwardingController(ControllerApi controller) {
        this.controller = controller;
    }

    @Override
    public CompletableFuture<Outcome<TopicImage>> createTopic(CreateTopicRequest request) {
        return controller.createTopic(request);
    }

    @Override
    public CompletableFuture<Outcome<TopicImage>> deleteTopic(String name) {
        return controller.deleteTopic(name);
    }

    @Override
    public CompletableFuture<Outcome<TopicImage>> addPartitions(AddPartitionsRequest request) {
        return controller.addPartitions(request);
    }

    @Override
    public CompletableFuture<Outcome<TopicImage>> alterTopicConfigs(AlterTopicConfigsRequest request) {
        return controller.alterTopicConfigs(request);
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> alterPartitions(AlterPartitionsRequest request) {
        return controller.alterPartitions(request);
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> withdrawReplicas(
            WithdrawReplicasRequest request) {
        return controller.withdrawReplicas(request);
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> reassignPartitions(
            ReassignPartitionsRequest request) {
        return controller.reassignPartitions(request);
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> electLeaders(ElectLeadersRequest request) {
        return controller.electLeaders(request);
    }

    @Override
    public CompletableFuture<Outcome<ProducerIdBlock>> allocateProducerIds(int count) {
        return controller.allocateProducerIds(count);
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<QuotaEntity>>>> alterQuotas(AlterQuotasRequest request) {
        return controller.alterQuotas(request);
    }

    @Override
    public CompletableFuture<Outcome<BrokerRegistered>> registerBroker(BrokerRegistration registration) {
        return controller.registerBroker(registration);
    }

    @Override
    public CompletableFuture<Outcome<Integer>> unregisterBroker(int brokerId) {
        return controller.unregisterBroker(brokerId);
    }

    @Override
    public CompletableFuture<Outcome<BrokerLease>> heartbeat(BrokerHeartbeat heartbeat) {
        return controller.heartbeat(heartbeat);
    }

    @Override
    public void disconnected(int brokerId, long brokerEpoch) {
        controller.disconnected(brokerId, brokerEpoch);
    }

    @Override
    public ControllerStanding standing() {
        return controller.standing();
    }

    @Override
    public Subscription watch(MetadataListener listener) {
        return controller.watch(listener);
    }

    @Override
    public ClusterImage image() {
        return controller.image();
    }
}
