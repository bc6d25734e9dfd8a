package io.millrace.gateway.routing;

import io.millrace.core.api.AddPartitionsRequest;
import io.millrace.core.api.AlterTopicConfigsRequest;
import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.TopicImage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A controller whose watchers hear of changes only when the test says so. */
final class LaggingController implements ControllerApi {
    private final InMemoryController controller = InMemoryController.withBroker();
    private final List<MetadataListener> listeners = new ArrayList<>();

    /** Shows all watchers the present picture. */
    void catchUp() {
        listeners.forEach(listener -> listener.onSnapshot(controller.image()));
    }

    @Override
    public Subscription watch(MetadataListener listener) {
        listeners.add(listener);
        listener.onSnapshot(controller.image());
        return () -> listeners.remove(listener);
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
    public CompletableFuture<Outcome<BrokerRegistered>> registerBroker(BrokerRegistration registration) {
        return controller.registerBroker(registration);
    }

    @Override
    public CompletableFuture<Outcome<BrokerLease>> heartbeat(BrokerHeartbeat heartbeat) {
        return controller.heartbeat(heartbeat);
    }

    @Override
    public ClusterImage image() {
        return controller.image();
    }
}
