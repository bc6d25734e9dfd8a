package io.millrace.rpc.client;

import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.ControllerStanding.ActiveController;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The heartbeats of one broker, over one stream after the other. When a connection breaks, what waits for an answer goes over
 * the next one; when nothing waits, the latest heartbeat is said again: the controller would else hold the broker for dead
 * before its next one is due. Confined to the client's context.
 */
final class BrokerPulse {
    private final ClientContext context;
    private final ControllerLink link;
    private @Nullable HeartbeatStream stream;
    private @Nullable BrokerHeartbeat granted;
    private long grantedUntilNanos;

    BrokerPulse(ClientContext context, ControllerLink link) {
        this.context = context;
        this.link = link;
    }

    /** Sends a heartbeat over the present stream, or a new one if there is none. */
    void beat(PendingHeartbeat pending) {
        link.use(pending.patience(), new ControllerLink.Use() {
            @Override
            public void with(ControllerConnection connection) {
                HeartbeatStream open = stream;
                if (open == null || open.connection() != connection) {
                    open = HeartbeatStream.open(context, connection, BrokerPulse.this);
                    stream = open;
                }
                open.send(pending);
            }

            @Override
            public void without(Refusal refusal) {
                pending.answer().complete(Outcome.refused(refusal));
            }
        });
    }

    /** Ends the stream, which tells the controller that the broker is gone. */
    void stop() {
        HeartbeatStream open = stream;
        stream = null;
        granted = null;
        if (open != null) {
            open.cancel("the broker has gone");
        }
    }

    /** The controller has granted a lease, unless it is one whose time is over. */
    void granted(HeartbeatStream from, PendingHeartbeat pending, BrokerLease lease, int epoch, boolean suspended) {
        if (!link.isLatest(epoch)) {
            link.lost(from.connection(), "it grants leases of epoch " + epoch + ", which is over");
            beat(pending);
            return;
        }
        link.suspended(from.connection(), suspended);
        granted = pending.heartbeat();
        grantedUntilNanos = System.nanoTime() + lease.validFor().toNanos();
        pending.answer().complete(Outcome.done(lease));
    }

    /** The controller stands by; the heartbeat is for another one. */
    void notActive(HeartbeatStream from, PendingHeartbeat pending, @Nullable ActiveController instead) {
        forget(from);
        link.notActive(from.connection(), instead);
        beat(pending);
    }

    /** The stream has ended. Those who wait for an answer go on over the next connection, if it was the connection that broke. */
    void broken(HeartbeatStream from, boolean connectionToo, String why, List<PendingHeartbeat> waiting) {
        boolean present = stream == from;
        forget(from);
        if (connectionToo) {
            link.lost(from.connection(), why);
        }
        for (PendingHeartbeat heartbeat : waiting) {
            if (connectionToo && heartbeat.patience().isPositive()) {
                beat(heartbeat);
            } else {
                from.refuse(heartbeat, why);
            }
        }
        BrokerHeartbeat latest = granted;
        granted = null;
        if (present && waiting.isEmpty() && latest != null && System.nanoTime() - grantedUntilNanos < 0) {
            beat(PendingHeartbeat.of(latest, context.options().heartbeatTimeout()));
        }
    }

    private void forget(HeartbeatStream from) {
        if (stream == from) {
            stream = null;
        }
    }
}
