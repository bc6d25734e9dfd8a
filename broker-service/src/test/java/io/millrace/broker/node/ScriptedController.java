package io.millrace.broker.node;

import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.twin.ForwardingController;
import io.millrace.core.api.twin.InMemoryController;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A controller whose answers to a broker the test gives, when and in which order it likes. */
final class ScriptedController extends ForwardingController {
    private final List<Asked<BrokerRegistration, BrokerRegistered>> registrations = new ArrayList<>();
    private final List<Asked<BrokerHeartbeat, BrokerLease>> heartbeats = new ArrayList<>();

    ScriptedController() {
        super(new InMemoryController());
    }

    /** A question and where its answer goes. */
    record Asked<Q, A>(Q question, CompletableFuture<Outcome<A>> answer) {
        void answer(A value) {
            answer.complete(Outcome.done(value));
        }

        void refuse(Refusal why) {
            answer.complete(Outcome.refused(why));
        }
    }

    static BrokerLease lease(Duration validFor) {
        return new BrokerLease(validFor, false);
    }

    static BrokerLease fenced() {
        return new BrokerLease(Duration.ofSeconds(9), true);
    }

    List<Asked<BrokerRegistration, BrokerRegistered>> registrations() {
        return registrations;
    }

    List<Asked<BrokerHeartbeat, BrokerLease>> heartbeats() {
        return heartbeats;
    }

    @Override
    public CompletableFuture<Outcome<BrokerRegistered>> registerBroker(BrokerRegistration registration) {
        registrations.add(new Asked<>(registration, new CompletableFuture<>()));
        return registrations.getLast().answer();
    }

    @Override
    public CompletableFuture<Outcome<BrokerLease>> heartbeat(BrokerHeartbeat heartbeat) {
        heartbeats.add(new Asked<>(heartbeat, new CompletableFuture<>()));
        return heartbeats.getLast().answer();
    }
}
