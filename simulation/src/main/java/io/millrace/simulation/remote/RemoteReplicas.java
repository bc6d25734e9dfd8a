package io.millrace.simulation.remote;

import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaApi;
import io.millrace.core.api.ReplicaHello;
import io.millrace.core.api.ReplicaListener;
import io.millrace.core.api.ReplicaPeers;
import io.millrace.core.api.ReplicaPull;
import io.millrace.core.api.ReplicaSession;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.model.Endpoint;
import io.millrace.simulation.network.Address;
import io.millrace.simulation.network.Channel;
import io.millrace.simulation.network.Inbound;
import io.millrace.simulation.network.Network;
import io.millrace.simulation.network.Outbound;
import io.millrace.simulation.schedule.SimProcess;
import java.util.Optional;

/** The other brokers, in other processes. Each session has a connection of its own, which ends with it. */
public final class RemoteReplicas implements ReplicaPeers {
    /** What a position has in bytes, about. */
    private static final int POSITION_BYTES = 40;

    private final Network network;
    private final SimProcess process;

    public RemoteReplicas(Network network, SimProcess process) {
        this.network = network;
        this.process = process;
    }

    @Override
    public ReplicaApi to(BrokerImage broker) {
        return (hello, listener) -> open(broker, hello, listener);
    }

    private ReplicaSession open(BrokerImage broker, ReplicaHello hello, ReplicaListener listener) {
        Optional<Endpoint> endpoint = broker.endpoints().stream().findFirst();
        if (endpoint.isEmpty()) {
            listener.onClosed(new Refusal.UnknownBroker(broker.brokerId()));
            return ReplicaSession.OVER;
        }
        Address address = new Address(endpoint.get().host(), endpoint.get().port());
        return new Session(network.channel(process, address), hello, listener);
    }

    private static final class Session implements ReplicaSession, Inbound<ReplicaSeat.Down> {
        private final Channel channel;
        private final ReplicaListener listener;
        private final Outbound<ReplicaSeat.Up> out;
        private boolean over;

        Session(Channel channel, ReplicaHello hello, ReplicaListener listener) {
            this.channel = channel;
            this.listener = listener;
            this.out = channel.open(ReplicaSeat.class, ReplicaSeat::accept, this);
            out.send("replica-hello", POSITION_BYTES, new ReplicaSeat.Up.Hello(hello));
        }

        @Override
        public void pull(ReplicaPull pull) {
            if (!over) {
                out.send("replica-pull", POSITION_BYTES * pull.positions().size(), new ReplicaSeat.Up.Pull(pull));
            }
        }

        @Override
        public void close() {
            if (!over) {
                over = true;
                out.end("the follower has closed the session");
                channel.close();
            }
        }

        @Override
        public void onMessage(ReplicaSeat.Down message) {
            if (over) {
                return;
            }
            switch (message) {
                case ReplicaSeat.Down.Parts(var parts) -> listener.onParts(parts);
                case ReplicaSeat.Down.Closed(Refusal why) -> end(why);
            }
        }

        @Override
        public void onEnd(String why) {
            if (!over) {
                end(new Refusal.TimedOut("The session broke: " + why));
            }
        }

        private void end(Refusal why) {
            over = true;
            channel.close();
            listener.onClosed(why);
        }
    }
}
