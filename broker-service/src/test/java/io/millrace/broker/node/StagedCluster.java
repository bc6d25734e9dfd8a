package io.millrace.broker.node;

import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.WithdrawReplicasRequest;
import io.millrace.core.api.twin.ForwardingController;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A controller of several brokers that decides nothing: the test says what the picture shows next. */
final class StagedCluster extends ForwardingController {
    private final List<MetadataListener> watchers = new ArrayList<>();
    private final List<BrokerRegistration> registrations = new ArrayList<>();
    private final List<WithdrawReplicasRequest> withdrawals = new ArrayList<>();
    private final List<BrokerHeartbeat> heartbeats = new ArrayList<>();
    private ClusterImage image = ClusterImage.empty("ours");
    private final List<MetadataChange> hidden = new ArrayList<>();
    private boolean lags;
    private boolean answersWithdrawals = true;

    StagedCluster() {
        super(new InMemoryController());
    }

    void change(MetadataChange... changes) {
        ClusterDelta delta = new ClusterDelta(image.version() + 1, 1, List.of(changes));
        image = image.apply(delta);
        ClusterImage after = image;
        List.copyOf(watchers).forEach(watcher -> watcher.onDelta(delta, after));
    }

    void answerWithdrawals(boolean answers) {
        answersWithdrawals = answers;
    }

    /** From now on the picture does not show who registers. */
    void lag() {
        lags = true;
    }

    /** Shows who registered. */
    void catchUp() {
        lags = false;
        change(hidden.toArray(MetadataChange[]::new));
    }

    List<BrokerRegistration> registrations() {
        return registrations;
    }

    List<WithdrawReplicasRequest> withdrawals() {
        return withdrawals;
    }

    List<BrokerHeartbeat> heartbeats() {
        return heartbeats;
    }

    @Override
    public CompletableFuture<Outcome<BrokerRegistered>> registerBroker(BrokerRegistration registration) {
        registrations.add(registration);
        long epoch = registrations.size();
        MetadataChange registered = new MetadataChange.Put(new BrokerImage(
                registration.brokerId(),
                registration.incarnation(),
                epoch,
                null,
                registration.endpoints(),
                registration.directoryIds(),
                false));
        if (lags) {
            hidden.add(registered);
        } else {
            change(registered);
        }
        return CompletableFuture.completedFuture(Outcome.done(new BrokerRegistered("ours", epoch)));
    }

    @Override
    public CompletableFuture<Outcome<BrokerLease>> heartbeat(BrokerHeartbeat heartbeat) {
        heartbeats.add(heartbeat);
        return CompletableFuture.completedFuture(
                Outcome.done(new BrokerLease(Duration.ofSeconds(9), heartbeat.wantsShutdown())));
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> withdrawReplicas(
            WithdrawReplicasRequest request) {
        withdrawals.add(request);
        if (!answersWithdrawals) {
            return CompletableFuture.completedFuture(
                    Outcome.refused(new Refusal.ControllerNotAvailable("Nobody decides at the moment.")));
        }
        return CompletableFuture.completedFuture(Outcome.done(request.parts().stream()
                .<Outcome<PartitionChanged>>map(part -> Outcome.done(new PartitionChanged(
                        TwoBrokers.ORDERS, image.partition(TwoBrokers.ORDERS).orElseThrow())))
                .toList()));
    }

    @Override
    public Subscription watch(MetadataListener listener) {
        watchers.add(listener);
        listener.onSnapshot(image);
        return () -> watchers.remove(listener);
    }

    @Override
    public ClusterImage image() {
        return image;
    }
}
