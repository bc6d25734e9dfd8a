package io.millrace.broker.node;

import io.millrace.broker.append.WriteGate;
import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.EventLoop;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How this broker stands with the controller. Confined to the control loop, but for {@link #closedBecause}.
 *
 * <pre>
 *   registering ──▶ fenced ◀──▶ serving ──▶ leaving
 *        ▲             └───────────┴──────▶ deposed (another process has registered under this id)
 *        └── unknown to the controller
 * </pre>
 */
final class Membership implements WriteGate {
    /** While something is awaited from the controller. */
    private static final Duration IMPATIENT = Duration.ofMillis(100);

    private final BrokerOptions options;
    private final UUID incarnation;
    private final ControllerApi controller;
    private final EventLoop loop;
    private final Clock clock;
    private final BrokerObserver observer;
    private final CompletableFuture<Outcome<BrokerRegistered>> registered = new CompletableFuture<>();
    private final CompletableFuture<Void> serving = new CompletableFuture<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    private volatile Lease lease = new Lease.None(
            new Refusal.ControllerNotAvailable("The broker is starting and has no leave to take writes yet."));
    private @Nullable String clusterId;
    private long brokerEpoch;
    private long carriedOut;
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
    }

    @Override
    public @Nullable Refusal closedBecause(long nowNanos) {
        return lease.closedBecause(nowNanos);
    }

    /** Registers, and tries again while no controller answers. Completes with a refusal only when it is final. */
    CompletableFuture<Outcome<BrokerRegistered>> register(@Nullable String ownClusterId) {
        clusterId = ownClusterId;
        register();
        return registered;
    }

    /** Completes when the broker may take writes for the first time. */
    CompletableFuture<Void> serving() {
        return serving;
    }

    private void register() {
        BrokerRegistration registration =
                new BrokerRegistration(options.brokerId(), clusterId, incarnation, options.rack(), options.endpoints());
        onLoop(controller.registerBroker(registration), outcome -> {
            switch (outcome) {
                case Outcome.Done<BrokerRegistered>(BrokerRegistered done) -> {
                    clusterId = done.clusterId();
                    brokerEpoch = done.brokerEpoch();
                    observer.registered(done.clusterId(), done.brokerEpoch());
                    registered.complete(outcome);
                    beat();
                }
                case Outcome.Refused<BrokerRegistered>(Refusal.RegistrationRefused why) -> {
                    observer.notTaken(why);
                    close(why);
                    registered.complete(outcome);
                }
                case Outcome.Refused<BrokerRegistered>(Refusal why) -> {
                    observer.notTaken(why);
                    later(IMPATIENT, this::register);
                }
            }
        });
    }

    /** The picture of this version has been carried out. */
    void carriedOut(long version) {
        carriedOut = Math.max(carriedOut, version);
        if (!serving.isDone() && registered.isDone()) {
            later(Duration.ZERO, this::beat);
        }
    }

    /** Asks to be fenced, so that others take over; completes when it is so, or when the lease would have run out. */
    CompletableFuture<Void> leave(Duration patience) {
        leaving = true;
        loop.schedule(patience, () -> left.complete(null));
        beat();
        return left;
    }

    /** Takes no write from now on, and sends no further heartbeat. */
    void close(Refusal why) {
        ended = true;
        lease = new Lease.None(why);
        if (nextBeat != null) {
            nextBeat.cancel();
        }
    }

    private void beat() {
        if (ended) {
            return;
        }
        long sentAt = clock.nanoTime();
        BrokerHeartbeat heartbeat = new BrokerHeartbeat(options.brokerId(), brokerEpoch, carriedOut, leaving);
        // A heartbeat that is never answered must not be the last one.
        later(options.heartbeatInterval(), this::beat);
        onLoop(controller.heartbeat(heartbeat), outcome -> {
            switch (outcome) {
                case Outcome.Done<BrokerLease>(BrokerLease granted) -> granted(granted, sentAt);
                case Outcome.Refused<BrokerLease>(Refusal why) -> refused(why);
            }
        });
    }

    private void granted(BrokerLease granted, long sentAt) {
        if (ended) {
            return;
        }
        if (granted.fenced()) {
            lease = new Lease.None(new Refusal.ControllerNotAvailable(
                    "The controller has fenced this broker; it takes no writes at the moment."));
            observer.serving(false);
            if (leaving) {
                left.complete(null);
            } else {
                later(IMPATIENT, this::beat);
            }
            return;
        }
        lease = new Lease.Until(sentAt + granted.validFor().toNanos());
        observer.serving(true);
        serving.complete(null);
        Duration third = granted.validFor().dividedBy(3);
        if (third.compareTo(options.heartbeatInterval()) < 0) {
            later(third, this::beat);
        }
    }

    private void refused(Refusal why) {
        if (ended) {
            return;
        }
        observer.notTaken(why);
        switch (why) {
            case Refusal.UnknownBroker unknown -> register();
            case Refusal.StaleEpoch stale -> {
                close(new Refusal.ControllerNotAvailable("Another process has registered as broker "
                        + options.brokerId() + "; this one takes no writes any more."));
                left.complete(null);
            }
            default -> {
                if (leaving) {
                    left.complete(null);
                }
            }
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

    private <T> void onLoop(CompletableFuture<Outcome<T>> asked, Consumer<Outcome<T>> then) {
        var _ = asked.whenComplete((outcome, failure) -> loop.post(() -> then.accept(
                outcome != null
                        ? outcome
                        : Outcome.refused(
                                new Refusal.ControllerNotAvailable("The controller could not be asked: " + failure)))));
    }
}
