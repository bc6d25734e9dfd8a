package io.millrace.simulation.remote;

import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.EventLoop;
import io.millrace.simulation.network.Inbound;
import io.millrace.simulation.network.Outbound;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The heartbeats of one broker, over one stream after the other. When a stream breaks, what waits for an answer goes over the
 * next one; when nothing waits, the latest heartbeat is said again, as the controller would else hold the broker for dead.
 */
final class BrokerPulse {
    private final ControllerLink link;
    private final EventLoop loop;
    private final Clock clock;
    private @Nullable Stream stream;
    private @Nullable BrokerHeartbeat granted;
    private long grantedUntil;

    BrokerPulse(ControllerLink link, EventLoop loop, Clock clock) {
        this.link = link;
        this.loop = loop;
        this.clock = clock;
    }

    private record Pending(BrokerHeartbeat heartbeat, long until, CompletableFuture<Outcome<BrokerLease>> answer) {}

    /** Sends a heartbeat over the present stream, or a new one if there is none. */
    void beat(BrokerHeartbeat heartbeat, CompletableFuture<Outcome<BrokerLease>> answer) {
        beat(new Pending(
                heartbeat,
                clock.nanoTime() + ControllerOptions.DEFAULTS.heartbeat().toNanos(),
                answer));
    }

    void stop() {
        Stream open = stream;
        stream = null;
        granted = null;
        if (open != null) {
            open.out().end("the broker has gone");
        }
    }

    private void beat(Pending pending) {
        link.use(patience(pending), new ControllerLink.Use() {
            @Override
            public void with(ControllerLink.Connected connection) {
                Stream open = stream;
                if (open == null || open.connection != connection) {
                    open = new Stream(connection);
                    stream = open;
                }
                open.send(pending);
            }

            @Override
            public void without(Refusal refusal) {
                pending.answer.complete(Outcome.refused(refusal));
            }
        });
    }

    private Duration patience(Pending pending) {
        return Duration.ofNanos(pending.until - clock.nanoTime());
    }

    private final class Stream implements Inbound<ControllerSeat.Pulse> {
        private final ControllerLink.Connected connection;
        private final Outbound<BrokerHeartbeat> out;
        private final Deque<Pending> pending = new ArrayDeque<>();
        private boolean ended;

        Stream(ControllerLink.Connected connection) {
            this.connection = connection;
            this.out = connection.channel().open(ControllerSeat.class, ControllerSeat::heartbeats, this);
        }

        Outbound<BrokerHeartbeat> out() {
            return out;
        }

        void send(Pending heartbeat) {
            pending.add(heartbeat);
            out.send("heartbeat", 32, heartbeat.heartbeat);
            loop.schedule(patience(heartbeat), () -> {
                if (!ended && pending.contains(heartbeat)) {
                    out.end("no answer to a heartbeat");
                    over(false);
                }
            });
        }

        @Override
        public void onMessage(ControllerSeat.Pulse pulse) {
            Pending first = pending.poll();
            if (first == null) {
                return;
            }
            Outcome<BrokerLease> outcome = pulse.answer().outcome();
            switch (outcome) {
                case null -> {
                    forget();
                    link.notActive(connection, pulse.answer().instead());
                    BrokerPulse.this.beat(first);
                }
                case Outcome.Refused<BrokerLease> refused -> first.answer.complete(refused);
                case Outcome.Done<BrokerLease>(BrokerLease lease) -> granted(first, lease, pulse);
            }
        }

        private void granted(Pending first, BrokerLease lease, ControllerSeat.Pulse pulse) {
            if (!link.isLatest(pulse.controllerEpoch())) {
                link.lost(connection);
                BrokerPulse.this.beat(first);
                return;
            }
            link.suspended(connection, pulse.suspended());
            granted = first.heartbeat;
            grantedUntil = clock.nanoTime() + lease.validFor().toNanos();
            first.answer.complete(Outcome.done(lease));
        }

        @Override
        public void onEnd(String why) {
            if (!ended) {
                link.lost(connection);
                over(true);
            }
        }

        private void over(boolean connectionToo) {
            ended = true;
            boolean present = stream == this;
            forget();
            List<Pending> waiting = List.copyOf(pending);
            pending.clear();
            for (Pending heartbeat : waiting) {
                if (connectionToo && patience(heartbeat).isPositive()) {
                    BrokerPulse.this.beat(heartbeat);
                } else {
                    heartbeat.answer.complete(Outcome.refused(
                            new Refusal.ControllerNotAvailable("The heartbeat was not answered in time.")));
                }
            }
            BrokerHeartbeat latest = granted;
            granted = null;
            if (present && waiting.isEmpty() && latest != null && clock.nanoTime() - grantedUntil < 0) {
                BrokerPulse.this.beat(latest, new CompletableFuture<>());
            }
        }

        private void forget() {
            if (stream == this) {
                stream = null;
            }
        }
    }
}
