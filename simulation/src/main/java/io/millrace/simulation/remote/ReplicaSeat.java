package io.millrace.simulation.remote;

import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaApi;
import io.millrace.core.api.ReplicaHello;
import io.millrace.core.api.ReplicaListener;
import io.millrace.core.api.ReplicaPart;
import io.millrace.core.api.ReplicaPull;
import io.millrace.core.api.ReplicaSession;
import io.millrace.simulation.network.Inbound;
import io.millrace.simulation.network.Outbound;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A broker as its followers in other processes find it. */
public final class ReplicaSeat {
    private final ReplicaApi broker;
    private final BitErrors errors;

    public ReplicaSeat(ReplicaApi broker, BitErrors errors) {
        this.broker = broker;
        this.errors = errors;
    }

    /** What a follower says. */
    sealed interface Up {
        /** First, and once. */
        record Hello(ReplicaHello hello) implements Up {}

        /** Where it stands. */
        record Pull(ReplicaPull pull) implements Up {}
    }

    /** What a leader says. */
    sealed interface Down {
        /** Answers and news. */
        record Parts(List<ReplicaPart> parts) implements Down {}

        /** The end. */
        record Closed(Refusal why) implements Down {}
    }

    Inbound<Up> accept(Outbound<Down> back) {
        return new Served(back);
    }

    /** One session, from the leader's side. */
    private final class Served implements Inbound<Up>, ReplicaListener {
        private final Outbound<Down> back;
        private @Nullable ReplicaSession session;
        private boolean over;

        Served(Outbound<Down> back) {
            this.back = back;
        }

        @Override
        public void onMessage(Up message) {
            switch (message) {
                case Up.Hello(ReplicaHello hello) -> {
                    ReplicaSession opened = broker.open(hello, this);
                    if (!over) {
                        session = opened;
                    }
                }
                case Up.Pull(ReplicaPull pull) -> {
                    if (session != null) {
                        session.pull(pull);
                    }
                }
            }
        }

        /** The connection has broken, or the follower has closed the session. */
        @Override
        public void onEnd(String why) {
            over = true;
            ReplicaSession open = session;
            session = null;
            if (open != null) {
                open.close();
            }
        }

        @Override
        public void onParts(List<ReplicaPart> parts) {
            if (!over) {
                List<ReplicaPart> copies = parts.stream().map(Border::read).toList();
                copies.forEach(errors::mayHit);
                back.send("replica-parts", Border.bytesIn(copies), new Down.Parts(copies));
            }
        }

        @Override
        public void onClosed(Refusal why) {
            over = true;
            session = null;
            back.send("replica-closed", 16, new Down.Closed(why));
        }
    }
}
