package io.millrace.rpc.client;

import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaApi;
import io.millrace.core.api.ReplicaHello;
import io.millrace.core.api.ReplicaListener;
import io.millrace.core.api.ReplicaPeers;
import io.millrace.core.api.ReplicaSession;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.model.Endpoint;
import io.millrace.rpc.transport.NetworkThreads;
import io.millrace.rpc.transport.SessionOptions;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;

/**
 * The other brokers, in other processes. Each session has a connection of its own, which ends with it: a connection that has
 * fallen silent is never used again, and what waits for a slow follower holds up nothing else. Safe for all threads.
 */
public final class ReplicaClients implements ReplicaPeers, AutoCloseable {
    private final ClientLimits limits;
    private final SessionOptions options;
    private final NetworkThreads threads;
    private final IntFunction<List<ClientInterceptor>> observers;
    private final Set<RemoteSession> sessions = ConcurrentHashMap.newKeySet();
    private final LongAdder pulls = new LongAdder();
    private volatile boolean closed;

    /**
     * Connects when a session is opened.
     *
     * @param observers by broker id, who see every session with that broker and change none
     */
    public ReplicaClients(
            ClientLimits limits,
            SessionOptions options,
            NetworkThreads threads,
            IntFunction<List<ClientInterceptor>> observers) {
        this.limits = limits;
        this.options = options;
        this.threads = threads;
        this.observers = observers;
    }

    @Override
    public ReplicaApi to(BrokerImage broker) {
        return (hello, listener) -> open(broker, hello, listener);
    }

    /** Sessions that are open. */
    public int sessions() {
        return sessions.size();
    }

    /** Messages to leaders since the start. */
    public long pulls() {
        return pulls.sum();
    }

    /** Ends every session; their listeners hear of it. */
    @Override
    public void close() {
        closed = true;
        sessions.forEach(RemoteSession::shutDown);
    }

    private ReplicaSession open(BrokerImage broker, ReplicaHello hello, ReplicaListener listener) {
        Optional<Endpoint> endpoint = broker.endpoints().stream()
                .filter(candidate -> candidate.listener().equals(Endpoint.INTERNAL) && candidate.port() > 0)
                .findFirst();
        if (endpoint.isEmpty()) {
            listener.onClosed(new Refusal.UnknownBroker(broker.brokerId()));
            return ReplicaSession.OVER;
        }
        String name = "broker " + broker.brokerId() + " (" + endpoint.get().host() + ":"
                + endpoint.get().port() + ")";
        RemoteSession session =
                new RemoteSession(name, channel(broker.brokerId(), endpoint.get()), listener, options, new Count());
        sessions.add(session);
        session.begin(hello, threads.workers());
        if (closed) {
            session.shutDown();
        }
        return session;
    }

    private ManagedChannel channel(int brokerId, Endpoint endpoint) {
        return NettyChannelBuilder.forAddress(endpoint.host(), endpoint.port())
                .usePlaintext()
                // Between processes of one cluster there is no proxy, whatever the environment says about the world
                // outside.
                .proxyDetector(target -> null)
                .disableRetry()
                .directExecutor()
                .eventLoopGroup(threads.workers())
                .channelType(NioSocketChannel.class)
                .withOption(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(limits.patience().connect().toMillis()))
                .flowControlWindow(limits.flowControlWindowBytes())
                .maxInboundMessageSize(limits.maxAnswerBytes())
                .intercept(observers.apply(brokerId))
                .build();
    }

    private final class Count implements RemoteSession.Count {
        @Override
        public void pulled() {
            pulls.increment();
        }

        @Override
        public void ended(RemoteSession session) {
            sessions.remove(session);
        }
    }
}
