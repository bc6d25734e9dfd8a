package io.millrace.rpc.client;

import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.ControllerStanding;
import io.millrace.core.api.ControllerStanding.ActiveController;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.twin.ForwardingController;
import io.millrace.core.metadata.TopicImage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A controller that plays the part a test gives it, over the memory that all controllers of the test share. */
final class CastController extends ForwardingController {
    final List<CreateTopicRequest> creations = new CopyOnWriteArrayList<>();
    final List<BrokerHeartbeat> heartbeats = new CopyOnWriteArrayList<>();
    final List<String> disconnections = new CopyOnWriteArrayList<>();
    final AtomicInteger watches = new AtomicInteger();
    private final String id;
    private volatile ControllerStanding standing = ControllerStanding.UNKNOWN;
    private volatile boolean mute;

    CastController(String id, ControllerApi memory) {
        super(memory);
        this.id = id;
    }

    String id() {
        return id;
    }

    void decides(int epoch) {
        standing = new ControllerStanding(new ActiveController(id, "127.0.0.1", 0, epoch), false);
    }

    void isSuspended(int epoch) {
        standing = new ControllerStanding(new ActiveController(id, "127.0.0.1", 0, epoch), true);
    }

    void standsBy() {
        standing = ControllerStanding.UNKNOWN;
    }

    void pointsTo(String other, ControllerAddress address, int epoch) {
        standing = new ControllerStanding(new ActiveController(other, address.host(), address.port(), epoch), false);
    }

    /** Carries everything out and answers nothing from now on. */
    void fallsMute() {
        mute = true;
    }

    @Override
    public ControllerStanding standing() {
        return standing;
    }

    @Override
    public CompletableFuture<Outcome<TopicImage>> createTopic(CreateTopicRequest request) {
        creations.add(request);
        return unlessMute(super.createTopic(request));
    }

    @Override
    public CompletableFuture<Outcome<BrokerRegistered>> registerBroker(BrokerRegistration registration) {
        return unlessMute(super.registerBroker(registration));
    }

    @Override
    public CompletableFuture<Outcome<BrokerLease>> heartbeat(BrokerHeartbeat heartbeat) {
        heartbeats.add(heartbeat);
        return unlessMute(super.heartbeat(heartbeat));
    }

    @Override
    public Subscription watch(MetadataListener listener) {
        watches.incrementAndGet();
        return super.watch(listener);
    }

    @Override
    public void disconnected(int brokerId, long brokerEpoch) {
        disconnections.add(brokerId + "@" + brokerEpoch);
        super.disconnected(brokerId, brokerEpoch);
    }

    private <T> CompletableFuture<T> unlessMute(CompletableFuture<T> answer) {
        return mute ? new CompletableFuture<>() : answer;
    }
}
