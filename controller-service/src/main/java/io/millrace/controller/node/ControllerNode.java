package io.millrace.controller.node;

import io.millrace.controller.control.ClusterControl;
import io.millrace.controller.control.ControlOptions;
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
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.environment.Randomness;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicId;
import io.millrace.core.statemachine.Command;
import io.millrace.core.statemachine.LogMember;
import io.millrace.core.statemachine.ReplicatedLog;
import io.millrace.core.statemachine.RuntimeOptions;
import io.millrace.core.statemachine.Standing;
import io.millrace.core.statemachine.StateMachineRuntime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One controller process. It decides while it leads its log. When it has lost the log and knows of nobody who leads after
 * it, it is suspended: it decides nothing, but grants leases by its last picture, so that what serves data goes on.
 * Otherwise it stands by, refuses, and says who leads. Safe for several threads: everything happens on its event loop.
 */
public final class ControllerNode implements ControllerApi, AutoCloseable {
    /** Commands that may wait for their turn. */
    private static final int COMMANDS_WAITING_MAX = 10_000;

    private final EventLoop loop;
    private final Clock clock;
    private final Randomness randomness;
    private final ControlOptions options;
    private final ControllerObserver observer;
    private final PictureWatchers watchers;
    private final ClusterControl control;
    private final StateMachineRuntime<MetadataKey, MetadataRecord> runtime;
    private volatile boolean closed;

    /**
     * A controller that has not joined its log yet.
     *
     * @param doors the event loop on which it decides, and the other doors to the outside
     */
    public ControllerNode(Doors doors, ReplicatedLog<MetadataKey, MetadataRecord> log, ControlOptions options) {
        this(doors, log, options, ControllerObserver.NONE);
    }

    /** The same, with somebody who listens. */
    public ControllerNode(
            Doors doors,
            ReplicatedLog<MetadataKey, MetadataRecord> log,
            ControlOptions options,
            ControllerObserver observer) {
        this.observer = observer;
        this.loop = doors.loop();
        this.clock = doors.clock();
        this.randomness = doors.randomness();
        this.options = options;
        this.watchers = new PictureWatchers(loop, doors.deliveries());
        this.control = new ClusterControl(options, watchers, observer::elected);
        this.runtime = new StateMachineRuntime<>(
                control,
                log,
                loop,
                clock,
                new RuntimeOptions(
                        "The controller",
                        COMMANDS_WAITING_MAX,
                        options.liveness().commandWaitMax(),
                        Refusal.ControllerNotAvailable::new));
    }

    /**
     * What a controller needs of the outside.
     *
     * @param deliveries runs the calls to watchers, which may take their time
     */
    public record Doors(EventLoop loop, Executor deliveries, Clock clock, Randomness randomness) {}

    /** Joins the log, under an address that others may be told, and decides as soon as it leads. */
    public void start(LogMember self) {
        runtime.start(self);
        scheduleTick();
    }

    /** The epoch under which this process decides, or -1 while it stands by. */
    public int epoch() {
        return runtime.epoch();
    }

    /** Why this process has given up being a controller though nobody closed it, as a sentence; null while it has not. */
    public @Nullable String outOfService() {
        return runtime.outOfService();
    }

    @Override
    public CompletableFuture<Outcome<TopicImage>> createTopic(CreateTopicRequest request) {
        return decide("create-topic", control.createTopic(request, new TopicId(randomness.nextUuid())));
    }

    @Override
    public CompletableFuture<Outcome<TopicImage>> deleteTopic(String name) {
        return decide("delete-topic", control.deleteTopic(name));
    }

    @Override
    public CompletableFuture<Outcome<TopicImage>> addPartitions(AddPartitionsRequest request) {
        return decide("add-partitions", control.addPartitions(request));
    }

    @Override
    public CompletableFuture<Outcome<TopicImage>> alterTopicConfigs(AlterTopicConfigsRequest request) {
        return decide("alter-topic-configs", control.alterTopicConfigs(request));
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> alterPartitions(AlterPartitionsRequest request) {
        return decide("alter-partitions", control.alterPartitions(request));
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> withdrawReplicas(
            WithdrawReplicasRequest request) {
        return decide("withdraw-replicas", control.withdrawReplicas(request));
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> reassignPartitions(
            ReassignPartitionsRequest request) {
        return decide("reassign-partitions", control.reassignPartitions(request));
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> electLeaders(ElectLeadersRequest request) {
        return decide("elect-leaders", control.electLeaders(request));
    }

    @Override
    public CompletableFuture<Outcome<ProducerIdBlock>> allocateProducerIds(int count) {
        return decide("allocate-producer-ids", control.allocateProducerIds(count));
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<QuotaEntity>>>> alterQuotas(AlterQuotasRequest request) {
        return decide("alter-quotas", control.alterQuotas(request));
    }

    @Override
    public CompletableFuture<Outcome<Integer>> unregisterBroker(int brokerId) {
        return decide("unregister-broker", control.unregisterBroker(brokerId));
    }

    @Override
    public CompletableFuture<Outcome<BrokerRegistered>> registerBroker(BrokerRegistration registration) {
        return decide("register-broker", control.registerBroker(registration));
    }

    @Override
    public CompletableFuture<Outcome<BrokerLease>> heartbeat(BrokerHeartbeat heartbeat) {
        if (closed) {
            return runtime.submit(control.heartbeat(heartbeat)); // which refuses, even when the event loop has ended
        }
        // A lease is renewed at once, not behind decisions that are being written: they may take longer than it lasts.
        CompletableFuture<Optional<Outcome<BrokerLease>>> heard = CompletableFuture.supplyAsync(
                () -> switch (runtime.standing()) {
                    case Standing.Leading ignored -> control.hear(heartbeat, clock.nanoTime());
                    case Standing.Suspended ignored -> control.hearSuspended(heartbeat, clock.nanoTime());
                    case Standing.Following ignored -> Optional.empty();
                    case Standing.Unknown ignored -> Optional.empty();
                },
                loop::post);
        return heard.thenCompose(answer -> answer.map(CompletableFuture::completedFuture)
                .orElseGet(() -> runtime.submit(control.heartbeat(heartbeat))));
    }

    @Override
    public void disconnected(int brokerId, long brokerEpoch) {
        loop.post(() -> {
            control.disconnected(brokerId, brokerEpoch, clock.nanoTime());
            loop.schedule(options.liveness().disconnectGrace(), this::fenceTheSilent);
        });
    }

    @Override
    public ControllerStanding standing() {
        return switch (runtime.standing()) {
            case Standing.Unknown() -> ControllerStanding.UNKNOWN;
            case Standing.Leading(LogMember self, int epoch) -> standing(self, epoch, false);
            case Standing.Suspended(LogMember self, int epoch) -> standing(self, epoch, true);
            case Standing.Following(LogMember leader, int epoch) -> standing(leader, epoch, false);
        };
    }

    private static ControllerStanding standing(LogMember active, int epoch, boolean suspended) {
        return new ControllerStanding(
                new ControllerStanding.ActiveController(active.id(), active.host(), active.port(), epoch), suspended);
    }

    private <A> CompletableFuture<Outcome<A>> decide(String name, Command<MetadataKey, MetadataRecord, A> command) {
        return runtime.submit(command).whenComplete((outcome, bug) -> {
            if (outcome != null) {
                observer.decided(name, outcome instanceof Outcome.Done<A>);
            }
        });
    }

    @Override
    public Subscription watch(MetadataListener listener) {
        return watchers.watch(listener)::run;
    }

    @Override
    public ClusterImage image() {
        return watchers.current();
    }

    /** Gives up the lead and refuses what waits. */
    @Override
    public void close() {
        closed = true;
        runtime.close();
    }

    private void scheduleTick() {
        loop.schedule(options.liveness().lookEvery(), this::tick);
    }

    private void tick() {
        if (closed) {
            return;
        }
        fenceTheSilent();
        runtime.trigger(control.expireTombstones());
        if (control.isBalanceDue(clock.nanoTime())) {
            balanceLeaders();
        }
        scheduleTick();
    }

    private void balanceLeaders() {
        var _ = runtime.submit(control.balanceLeaders()).whenComplete((outcome, bug) -> {
            if (bug != null) {
                loop.post(() -> {
                    throw new IllegalStateException("Leaders could not be balanced", bug);
                });
            } else if (outcome instanceof Outcome.Done<Integer>(Integer balanced) && balanced > 0) {
                balanceLeaders(); // there may be more of them
            }
        });
    }

    private void fenceTheSilent() {
        control.tick(clock.nanoTime()); // first, so that nobody is blamed for a pause of this process
        runtime.trigger(control.fenceTheSilent());
    }
}
