package io.millrace.standalone;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.core.api.ReplicaSession;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.internal.v1.AppendRequest;
import io.millrace.internal.v1.BrokerServiceGrpc;
import io.millrace.rpc.app.LinkMeters;
import io.millrace.rpc.app.ReplicaMeters;
import io.millrace.rpc.app.RoomMeters;
import io.millrace.rpc.app.RpcClientProperties;
import io.millrace.rpc.app.RpcMeters;
import io.millrace.rpc.app.RpcReplicationProperties;
import io.millrace.rpc.app.RpcServerProperties;
import io.millrace.rpc.client.ClientLimits;
import io.millrace.rpc.client.ClientRoom;
import io.millrace.rpc.client.ReplicaClients;
import io.millrace.rpc.server.ControllerEndpoint;
import io.millrace.rpc.server.ControllerEndpointOptions;
import io.millrace.rpc.server.ReplicaEndpoint;
import io.millrace.rpc.server.ServerLimits;
import io.millrace.rpc.server.ServerRoom;
import io.millrace.rpc.transport.NetworkThreads;
import io.millrace.rpc.transport.SessionOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What processes expose of calls between them; one that has no others about it makes none. */
final class RpcExposition {
    private static final long PATIENCE_SECONDS = 10;

    private RpcExposition() {}

    /** Prometheus' text of both ends after one call. */
    static String text() throws Exception {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new BrokerServiceGrpc.BrokerServiceImplBase() {})
                .addStreamTracerFactory(RpcMeters.server(registry))
                .build()
                .start();
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .proxyDetector(target -> null)
                .intercept(RpcMeters.client(registry, "broker-1"))
                .build();
        try {
            var _ = BrokerServiceGrpc.newBlockingStub(channel).append(AppendRequest.getDefaultInstance());
        } catch (StatusRuntimeException unimplemented) {
            // Its end is what is counted.
        } finally {
            channel.shutdownNow().awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
            server.shutdown().awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        show(registry);
        NetworkThreads threads = new NetworkThreads("sessions", 1);
        try {
            SessionOptions options = settings("millrace.rpc.replication", RpcReplicationProperties.class)
                    .options();
            ClientLimits limits =
                    settings("millrace.rpc.client", RpcClientProperties.class).limits();
            ReplicaEndpoint leading = new ReplicaEndpoint(
                    (hello, listener) -> ReplicaSession.OVER, options, Runnable::run, threads.workers());
            ReplicaClients following = new ReplicaClients(limits, options, threads, brokerId -> List.of());
            ReplicaMeters.asLeader(registry, leading);
            ReplicaMeters.asFollower(registry, following);
            return registry.scrape();
        } finally {
            threads.close();
        }
    }

    /** What processes hold for each other, and who is connected with whom. */
    private static void show(PrometheusMeterRegistry registry) {
        EventLoop loop = new ManualEventLoop(new ManualClock());
        ServerLimits server =
                settings("millrace.rpc.server", RpcServerProperties.class).limits();
        ClientLimits client =
                settings("millrace.rpc.client", RpcClientProperties.class).limits();
        RoomMeters.ofBroker(registry, new ServerRoom(server, loop));
        RoomMeters.ofGateway(registry, new ClientRoom(client, loop));
        LinkMeters.broker(registry, 1, () -> true);
        ControllerEndpoint endpoint =
                new ControllerEndpoint(new InMemoryController(), "controller-0", ControllerEndpointOptions.DEFAULTS);
        LinkMeters.watchers(registry, endpoint);
        endpoint.close();
    }

    private static <T> T settings(String prefix, Class<T> type) {
        return new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate(prefix, type);
    }
}
