package io.millrace.broker.node;

import io.millrace.broker.partitions.WriteGate;
import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.model.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How this broker stands with the controller. Confined to the control loop, but for {@link #closedBecause},
 * {@link #clusterId} and {@link #brokerEpoch}.
 *
 * <pre>
 *   registering ──▶ fenced ◀──▶ serving ──▶ leaving
 *        ▲             └───────────┴──────▶ deposed (another process has registered under this id)
 *        └── unknown to the controller
 * </pre>
 *
 * Answers may be late, lost, or come in another order than the questions. A lease counts from when its heartbeat was sent,
 * and the controller's word on a heartbeat says nothing any more once it has answered a later one.
 */
final class Membership implements WriteGate {
    /** The broker epoch while there is none. */
    static final long NOT_REGISTERED = 0;

    /** While something is awaited from the controller. */
    private static final Duration IMPATIENT = Duration.ofMillis(100);

    /** A registration that is not answered for so long is sent again; the controller knows it by its incarnation. */
    private static final Duration REGISTRATION_ANSWER_MAX = Duration.ofSeconds(5);

    private final BrokerOptions options;
    private final UUID incarnation;
    private final ControllerApi controller;
    private final EventLoop loop;
    private final Clock clock;
    private final BrokerObserver observer;
    private final OpenQuestions questions;
    private final CompletableFuture<Outcome<BrokerRegistered>> registered = new CompletableFuture<>();
    private final CompletableFuture<Void> serving = new CompletableFuture<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    private volatile Lease lease = new Lease.None(
            new Refusal.ControllerNotAvailable("The broker is starting and has no leave to take writes yet."));
    private volatile @Nullable String clusterId;
    private volatile long brokerEpoch = NOT_REGISTERED;
    private List<Endpoint> endpoints = List.of();
    private List<UUID> directoryIds = List.of();
    private long carriedOut;
    private long heartbeats;
    private long newestAnswered;
    private @Nullable Long idInUseSinceNanos;
    private @Nullable Class<? extends Refusal> told;
    private boolean leaving;
    private boolean ended;
    private EventLoop.@Nullable Timer nextBeat;

    Membership(
            BrokerOptions options,
            UUID incarnation,
            ControllerApi controller,
            BrokerEnvironment environment,
            BrokerObserver observer) {
        this.options = options;
        this.incarnation = incarnation;
        this.controller = controller;
        this.loop = environment.control();
        this.clock = environment.clock();
        this.observer = observer;
        this.questions = new OpenQuestions(loop);
    }

    @Override
    public @Nullable Refusal closedBecause(long nowNanos) {
        return lease.closedBecause(nowNanos);
    }

    /** The cluster that this broker belongs to, or null while it may still be any. */
    @Nullable
    String clusterId() {
        return clusterId;
    }

    /** As given by the controller, or {@link #NOT_REGISTERED}. */
    long brokerEpoch() {
        return brokerEpoch;
    }

    /**
     * Registers. Tries again while no controller answers, and for a while when the id seems to be in use. Completes with a
     * refusal only when it is final.
     */
    CompletableFuture<Outcome<BrokerRegistered>> register(
            @Nullable String ownClusterId, List<UUID> ownDirectoryIds, List<Endpoint> ownEndpoints) {
        directoryIds = ownDirectoryIds;
        clusterId = ownClusterId;
        endpoints = ownEndpoints;
        register();
        return registered;
    }

    /** Completes when the broker may take writes for the first time. */
    CompletableFuture<Void> serving() {
        return serving;
    }

    private void register() {
        if (ended) {
            return;
        }
        later(REGISTRATION_ANSWER_MAX, this::register);
        questions.ask(
                controller.registerBroker(new BrokerRegistration(
                        options.brokerId(), clusterId, incarnation, options.rack(), endpoints, directoryIds)),
                outcome -> {
                    switch (outcome) {
                        case Outcome.Done<BrokerRegistered>(BrokerRegistered done) -> taken(done);
                        case Outcome.Refused<BrokerRegistered>(Refusal why) -> notTaken(why);
                    }
                });
    }

    private void taken(BrokerRegistered done) {
        if (ended || brokerEpoch != NOT_REGISTERED) {
            return;
        }
        clusterId = done.clusterId();
        brokerEpoch = done.brokerEpoch();
        told = null;
        observer.registered(done.clusterId(), done.brokerEpoch());
        registered.complete(Outcome.done(done));
        beat();
    }

    private void notTaken(Refusal why) {
        if (ended || brokerEpoch != NOT_REGISTERED) {
            return;
        }
        switch (why) {
            case Refusal.RegistrationRefused contradiction -> notTakenForGood(contradiction);
            case Refusal.InvalidRequest impossible -> notTakenForGood(impossible);
            case Refusal.BrokerIdInUse inUse -> idInUse(inUse);
            default -> {
                tell(why);
                later(IMPATIENT, this::register);
            }
        }
    }

    /** The process that has it may be this broker's predecessor, which was killed and is not yet held for dead. */
    private void idInUse(Refusal.BrokerIdInUse inUse) {
        if (registered.isDone()) {
            depose(inUse);
            return;
        }
        long now = clock.nanoTime();
        if (idInUseSinceNanos == null) {
            idInUseSinceNanos = now;
        }
        Duration waited = Duration.ofNanos(now - idInUseSinceNanos);
        if (waited.compareTo(options.predecessorTimeout()) < 0) {
            tell(inUse);
            later(IMPATIENT, this::register);
        } else {
            notTakenForGood(new Refusal.BrokerIdInUse(
                    options.brokerId(),
                    "Another process is broker " + options.brokerId() + ", and after " + waited.toMillis()
                            + " ms it still lives; this one ends. " + inUse.message()));
        }
    }

    private void notTakenForGood(Refusal why) {
        told = null;
        tell(why);
        close(why);
        registered.complete(Outcome.refused(why));
    }

    /** The picture of this version has been carried out. */
    void carriedOut(long version) {
        carriedOut = Math.max(carriedOut, version);
        observer.carriedOut(carriedOut);
        if (!serving.isDone() && brokerEpoch != NOT_REGISTERED) {
            later(Duration.ZERO, this::beat);
        }
    }

    /** Asks to be fenced, so that others take over; completes when it is so, or when nobody has patience any more. */
    CompletableFuture<Void> leave(Duration patience) {
        leaving = true;
        if (ended || brokerEpoch == NOT_REGISTERED) {
            left.complete(null);
        } else {
            loop.schedule(patience, () -> left.complete(null));
            beat();
        }
        return left;
    }

    /** Takes no write from now on, and sends nothing any more. */
    void close(Refusal why) {
        ended = true;
        lease = new Lease.None(why);
        questions.giveUpAll();
        left.complete(null);
        if (nextBeat != null) {
            nextBeat.cancel();
        }
    }

    private void beat() {
        if (ended) {
            return;
        }
        long sentAt = clock.nanoTime();
        long epoch = brokerEpoch;
        long number = ++heartbeats;
        tellOfRunOutLease(sentAt);
        // A heartbeat that is never answered must not be the last one.
        later(options.heartbeatInterval(), this::beat);
        questions.ask(
                controller.heartbeat(new BrokerHeartbeat(options.brokerId(), epoch, carriedOut, leaving)), outcome -> {
                    if (!ended && epoch == brokerEpoch && number > newestAnswered) {
                        answered(number, sentAt, outcome);
                    }
                });
    }

    /** A controller that hangs refuses nothing, so this is all that its user hears of it. */
    private void tellOfRunOutLease(long now) {
        Refusal closed = lease.closedBecause(now);
        if (closed != null) {
            observer.serving(false);
            if (lease instanceof Lease.Until) {
                tell(closed);
            }
        }
    }

    private void answered(long number, long sentAt, Outcome<BrokerLease> outcome) {
        switch (outcome) {
            case Outcome.Done<BrokerLease>(BrokerLease granted) -> {
                newestAnswered = number;
                told = null;
                granted(granted, sentAt);
            }
            case Outcome.Refused<BrokerLease>(Refusal.UnknownBroker unknown) -> {
                newestAnswered = number;
                registerAgain(unknown);
            }
            case Outcome.Refused<BrokerLease>(Refusal.StaleEpoch stale) -> depose(stale);
            case Outcome.Refused<BrokerLease>(Refusal why) -> {
                tell(why);
                // The stream that it went over may have ended, which the controller takes for the end of this broker
                // unless
                // it is heard again at once.
                later(IMPATIENT, this::beat);
            }
        }
    }

    private void granted(BrokerLease granted, long sentAt) {
        if (granted.fenced()) {
            lease = new Lease.None(new Refusal.ControllerNotAvailable("The controller has fenced broker "
                    + options.brokerId() + "; it takes no writes at the moment. Reads go on."));
            observer.serving(false);
            if (leaving) {
                left.complete(null);
            } else {
                later(IMPATIENT, this::beat);
            }
            return;
        }
        Lease.Until until = new Lease.Until(
                options.brokerId(), sentAt, sentAt + granted.validFor().toNanos());
        lease = until;
        observer.leased(until.deadlineNanos());
        if (lease.closedBecause(clock.nanoTime()) == null) {
            observer.serving(true);
            serving.complete(null);
        }
        Duration third = granted.validFor().dividedBy(3);
        if (leaving) {
            later(IMPATIENT, this::beat);
        } else if (third.compareTo(options.heartbeatInterval()) < 0) {
            later(third, this::beat);
        }
    }

    /** Whoever registers is fenced at once, so what the controller granted before ends here. */
    private void registerAgain(Refusal.UnknownBroker unknown) {
        tell(unknown);
        brokerEpoch = NOT_REGISTERED;
        lease = new Lease.None(new Refusal.ControllerNotAvailable("The controller does not know broker "
                + options.brokerId() + " any more; it registers again and takes no writes until then."));
        observer.serving(false);
        if (leaving) {
            left.complete(null);
        } else {
            register();
        }
    }

    private void depose(Refusal why) {
        Refusal deposed = new Refusal.ControllerNotAvailable("Another process" + successor()
                + " has registered as broker " + options.brokerId() + "; this one takes no writes any more. "
                + why.message());
        told = null;
        tell(deposed);
        observer.serving(false);
        close(deposed);
    }

    private String successor() {
        BrokerImage present = controller.image().brokers().get(options.brokerId());
        return present == null || present.incarnation().equals(incarnation)
                ? ""
                : " (incarnation " + present.incarnation() + " at " + present.endpoints() + ")";
    }

    /** Whatever goes on for long is told once. */
    private void tell(Refusal why) {
        if (why.getClass() != told) {
            told = why.getClass();
            observer.notTaken(why);
        }
    }

    private void later(Duration delay, Runnable task) {
        if (nextBeat != null) {
            nextBeat.cancel();
        }
        if (!ended) {
            nextBeat = loop.schedule(delay, task);
        }
    }
}
