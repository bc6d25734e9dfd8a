package io.millrace.broker.node;

import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.twin.ForwardingController;
import io.millrace.core.api.twin.InMemoryController;
import java.util.concurrent.CompletableFuture;

/** A controller that may fall silent: while it is, nobody gets an answer to a heartbeat. */
final class MuteController extends ForwardingController {
    private boolean silent;
    private boolean askedToTakeOver;

    MuteController() {
        super(new InMemoryController());
    }

    void silent(boolean nowSilent) {
        silent = nowSilent;
    }

    /** Whether a broker has said that it wants to stop. */
    boolean askedToTakeOver() {
        return askedToTakeOver;
    }

    @Override
    public CompletableFuture<Outcome<BrokerLease>> heartbeat(BrokerHeartbeat heartbeat) {
        askedToTakeOver |= heartbeat.wantsShutdown();
        return silent ? new CompletableFuture<>() : super.heartbeat(heartbeat);
    }
}
