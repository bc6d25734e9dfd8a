package io.millrace.broker.node;

import io.millrace.broker.append.Appends;
import io.millrace.broker.fetch.Fetches;
import io.millrace.broker.partitions.LeaderSurroundings;
import io.millrace.broker.partitions.LocalPartition;
import io.millrace.broker.partitions.PartitionHall;
import io.millrace.broker.partitions.PartitionQuestions;
import io.millrace.broker.partitions.Partitions;
import io.millrace.broker.replication.follower.LeaderLinks;
import io.millrace.broker.replication.follower.LinkSurroundings;
import io.millrace.broker.replication.leader.KnownBrokers;
import io.millrace.broker.replication.session.ReplicaSessions;
import io.millrace.broker.replication.session.SessionLimits;
import io.millrace.broker.scrub.Scrubber;
import io.millrace.broker.storage.LogDirectory;
import io.millrace.core.api.ActiveProducer;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.DeleteRecordsRequest;
import io.millrace.core.api.DescribePartitionsRequest;
import io.millrace.core.api.DescribeProducersRequest;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.FoundOffset;
import io.millrace.core.api.ListOffsetsRequest;
import io.millrace.core.api.LogDirectoryDetail;
import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionStatus;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaApi;
import io.millrace.core.api.ReplicaHello;
import io.millrace.core.api.ReplicaListener;
import io.millrace.core.api.ReplicaSession;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.model.Endpoint;
import io.millrace.core.model.TopicPartition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A broker: it owns log directories, joins a cluster, and serves the partitions that the controller gives it. Safe for all
 * threads.
 */
public final class BrokerNode implements BrokerApi, ReplicaApi {
    private final BrokerOptions options;
    private final BrokerEnvironment environment;
    private final BrokerObserver observer;
    private final ControllerApi controller;
    private final List<LogDirectory> directories;
    private final Membership membership;
    private final LeaderLinks links;
    private final Appends appends;
    private final Fetches fetches;
    private final InSyncChanges inSyncChanges;
    private final ReplicaWithdrawals withdrawals;
    private volatile KnownBrokers knownBrokers = KnownBrokers.NONE;
    private volatile @Nullable Partitions partitions;
    private volatile @Nullable ReplicaSessions sessions;
    private volatile @Nullable Refusal closed;
    private ControllerApi.@Nullable Subscription watch; // confined to the control loop
    private @Nullable Scrubber scrubber; // confined to the control loop

    public BrokerNode(
            BrokerOptions options, BrokerEnvironment environment, ControllerApi controller, BrokerObserver observer) {
        this.options = options;
        this.environment = environment;
        this.observer = observer;
        this.controller = controller;
        this.directories =
                options.logDirectories().stream().map(this::logDirectory).toList();
        this.membership =
                new Membership(options, environment.randomness().nextUuid(), controller, environment, observer);
        this.links = new LeaderLinks(new LinkSurroundings(
                options.brokerId(),
                membership::brokerEpoch,
                environment.peers(),
                environment.partitionLoops(),
                observer));
        this.appends =
                new Appends(this::find, membership, options.appendBytesInFlightMax(), environment.clock(), observer);
        this.fetches = new Fetches(this::find, environment.clock(), observer);
        this.withdrawals =
                new ReplicaWithdrawals(options.brokerId(), membership::brokerEpoch, controller, environment.control());
        this.inSyncChanges = new InSyncChanges(
                options.brokerId(), membership::brokerEpoch, controller, environment.control(), observer);
    }

    private LogDirectory logDirectory(Path path) {
        return new LogDirectory(
                path,
                environment.disk(),
                environment.clock(),
                environment.commit(),
                environment.syncWorkers(),
                observer,
                failed -> environment.control().post(() -> directoryFailed(failed)));
    }

    private void directoryFailed(LogDirectory failed) {
        Partitions present = partitions;
        if (present != null) {
            present.failed(failed);
        }
    }

    /**
     * Opens the directories, joins the cluster and opens the logs. Completes when the broker may take writes; with a
     * refusal when the cluster does not take it, exceptionally when its directories are not its own.
     *
     * @param endpoints where other processes reach this broker
     */
    public CompletableFuture<Outcome<BrokerRegistered>> start(List<Endpoint> endpoints) {
        DirectoryOwnership ownership =
                new DirectoryOwnership(options.brokerId(), directories, environment.randomness());
        return CompletableFuture.supplyAsync(() -> Found.in(ownership), environment.blocking())
                .thenComposeAsync(
                        found -> membership.register(found.clusterId(), found.directoryIds(), endpoints),
                        environment.control()::post)
                .thenCompose(outcome -> switch (outcome) {
                    case Outcome.Refused<BrokerRegistered> refused -> CompletableFuture.completedFuture(refused);
                    case Outcome.Done<BrokerRegistered>(BrokerRegistered done) ->
                        open(ownership, done.clusterId()).thenApply(_ -> outcome);
                })
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        environment
                                .control()
                                .post(() -> membership.close(new Refusal.ShuttingDown(
                                        "Broker " + options.brokerId() + " could not start: " + failure.getMessage())));
                    }
                });
    }

    /** What the directories say of themselves. */
    private record Found(@Nullable String clusterId, List<UUID> directoryIds) {
        static Found in(DirectoryOwnership ownership) {
            String clusterId = ownership.clusterId();
            return new Found(clusterId, ownership.directoryIds());
        }
    }

    private CompletableFuture<Void> open(DirectoryOwnership ownership, String clusterId) {
        PartitionHall hall = new PartitionHall(
                environment.partitionLoops(),
                environment.control(),
                environment.blocking(),
                environment.clock(),
                observer,
                membership,
                options.deletionGrace(),
                new LeaderSurroundings(
                        () -> knownBrokers, inSyncChanges, options.leading().lagTimeMax()),
                links,
                withdrawals,
                options.producers());
        return CompletableFuture.supplyAsync(
                        () -> {
                            ownership.claim(clusterId);
                            return new Partitions(options.brokerId(), directories, hall);
                        },
                        environment.blocking())
                .thenAcceptAsync(opened -> follow(opened, clusterId), environment.control()::post)
                .thenCompose(_ -> membership.serving())
                .thenRunAsync(this::scrub, environment.control()::post);
    }

    private void follow(Partitions opened, String clusterId) {
        if (closed != null) {
            return; // stopped while it started: nothing is to be opened behind that
        }
        partitions = opened;
        ReplicaSessions serving = sessions(opened, clusterId);
        sessions = serving;
        opened.adoptBuried();
        watch = controller.watch(new PictureWatch(
                environment.control(), opened, clusterId, shown -> shown(shown, serving), membership::carriedOut));
        environment.control().schedule(options.retentionInterval(), () -> tend(opened));
        environment.control().schedule(options.replicaCheckpointInterval(), () -> writeDown(opened));
    }

    /** Every log that is to be looked through is open by now. */
    private void scrub() {
        if (closed == null) {
            scrubber = new Scrubber(
                    options.scrub(),
                    environment.control(),
                    environment.blocking(),
                    environment.clock(),
                    this::all,
                    observer);
            scrubber.start();
        }
    }

    private ReplicaSessions sessions(Partitions opened, String clusterId) {
        return new ReplicaSessions(
                new ReplicaSessions.Self(clusterId, options.brokerId(), membership::brokerEpoch),
                () -> knownBrokers,
                opened,
                SessionLimits.withWindow(options.leading().sessionWindowBytes()));
    }

    /** Before what a picture orders is carried out, the brokers that it shows are known. */
    private void shown(ClusterImage image, ReplicaSessions serving) {
        knownBrokers = KnownBrokers.of(image);
        serving.pictureChanged();
    }

    /** What is certain of every replica, so that each can prove after a crash that nothing of it is missing. */
    private void writeDown(Partitions opened) {
        if (closed != null) {
            return;
        }
        var _ = Gathered.inOrder(opened.all().stream().map(LocalPartition::note).toList())
                .thenRunAsync(this::flushReplicaCheckpoints, environment.blocking());
        environment.control().schedule(options.replicaCheckpointInterval(), () -> writeDown(opened));
    }

    private void flushReplicaCheckpoints() {
        directories.forEach(directory -> directory.replicas().flush());
    }

    private void tend(Partitions opened) {
        long now = environment.clock().wallMillis();
        for (LocalPartition partition : opened.all()) {
            var _ = new PartitionQuestions(partition).tend(now);
        }
        environment.control().schedule(options.retentionInterval(), () -> tend(opened));
    }

    /**
     * Takes no new append and answers those under way, which only works while this broker still leads; then asks the
     * controller to have others take over; then flushes and closes every log in order. Reads go on until the last step.
     *
     * @param patience for the first two steps together, of which the first gets half at most
     */
    public CompletableFuture<Void> stop(Duration patience) {
        Refusal why = new Refusal.ShuttingDown("Broker " + options.brokerId() + " is stopping.");
        long start = environment.clock().nanoTime();
        return within(patience.dividedBy(2), appends.drain(why))
                .thenComposeAsync(
                        _ -> membership.leave(
                                patience.minusNanos(environment.clock().nanoTime() - start)),
                        environment.control()::post)
                .thenComposeAsync(_ -> close(why), environment.control()::post);
    }

    private CompletableFuture<Void> within(Duration patience, CompletableFuture<Void> awaited) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        EventLoop.Timer timer = environment.control().schedule(patience, () -> over.complete(null));
        return CompletableFuture.anyOf(awaited, over).thenAccept(_ -> timer.cancel());
    }

    private CompletableFuture<Void> close(Refusal why) {
        closed = why;
        membership.close(why);
        withdrawals.close();
        inSyncChanges.close();
        ReplicaSessions serving = sessions;
        if (serving != null) {
            serving.close(why);
        }
        if (watch != null) {
            watch.close();
        }
        if (scrubber != null) {
            scrubber.close();
        }
        Partitions present = partitions;
        CompletableFuture<Void> logsClosed =
                present == null ? CompletableFuture.completedFuture(null) : present.close(why);
        return logsClosed.thenRun(links::close).thenRunAsync(this::flushReplicaCheckpoints, environment.blocking());
    }

    @Override
    public CompletableFuture<List<Outcome<Appended>>> append(AppendRequest request) {
        return appends.append(request);
    }

    @Override
    public CompletableFuture<List<Outcome<Fetched>>> fetch(FetchRequest request) {
        return fetches.fetch(request);
    }

    @Override
    public ReplicaSession open(ReplicaHello hello, ReplicaListener listener) {
        ReplicaSessions serving = sessions;
        if (serving == null) {
            listener.onClosed(new Refusal.StaleEpoch("Broker " + options.brokerId() + " is starting."));
            return ReplicaSession.OVER;
        }
        return serving.open(hello, listener);
    }

    @Override
    public CompletableFuture<List<Outcome<FoundOffset>>> listOffsets(ListOffsetsRequest request) {
        return Gathered.inOrder(request.parts().stream()
                .map(part -> ask(part.partition(), partition -> partition.find(part)))
                .toList());
    }

    @Override
    public CompletableFuture<List<Outcome<PartitionStatus>>> deleteRecords(DeleteRecordsRequest request) {
        return Gathered.inOrder(request.parts().stream()
                .map(part -> ask(part.partition(), partition -> partition.deleteBefore(part.beforeOffset())))
                .toList());
    }

    @Override
    public CompletableFuture<List<Outcome<PartitionStatus>>> describe(DescribePartitionsRequest request) {
        return Gathered.inOrder(request.partitions().stream()
                .map(partition -> ask(partition, PartitionQuestions::status))
                .toList());
    }

    @Override
    public CompletableFuture<List<Outcome<List<ActiveProducer>>>> describeProducers(DescribeProducersRequest request) {
        return Gathered.inOrder(request.partitions().stream()
                .map(partition -> ask(partition, asked -> asked.producers(request.producersMax())))
                .toList());
    }

    @Override
    public CompletableFuture<List<LogDirectoryStatus>> logDirectories(LogDirectoryDetail detail) {
        return CompletableFuture.supplyAsync(this::all, environment.control()::post)
                .thenCompose(all -> Gathered.inOrder(directories.stream()
                        .map(directory -> new DirectoryReport(options.brokerId(), directory, all, detail)
                                .make(environment.blocking()))
                        .toList()));
    }

    private List<LocalPartition> all() {
        Partitions present = partitions;
        return present == null ? List.of() : present.all();
    }

    /** This broker's id, fixed for its directories. */
    public int brokerId() {
        return options.brokerId();
    }

    /** The cluster that this broker belongs to, or null before its first registration with new directories. */
    public @Nullable String clusterId() {
        return membership.clusterId();
    }

    /** The epoch of this process, as the controller gave it; 0 while it is not registered. */
    public long brokerEpoch() {
        return membership.brokerEpoch();
    }

    /** Bytes of batches that are held and not yet answered. */
    public long appendBytesInFlight() {
        return appends.bytesInFlight();
    }

    private <T> CompletableFuture<Outcome<T>> ask(
            TopicPartition name, Function<PartitionQuestions, CompletableFuture<Outcome<T>>> question) {
        return switch (find(name)) {
            case Outcome.Done<LocalPartition>(LocalPartition partition) ->
                question.apply(new PartitionQuestions(partition));
            case Outcome.Refused<LocalPartition>(Refusal refusal) ->
                CompletableFuture.completedFuture(Outcome.refused(refusal));
        };
    }

    private Outcome<LocalPartition> find(TopicPartition name) {
        Partitions present = partitions;
        Optional<LocalPartition> found = present == null ? Optional.empty() : present.named(name);
        return found.map(Outcome::done).orElseGet(() -> Outcome.refused(whyNot(name)));
    }

    private Refusal whyNot(TopicPartition name) {
        Refusal stopped = closed;
        return stopped == null ? NotHere.why(controller.image(), name, options.brokerId()) : stopped;
    }
}
