package io.millrace.standalone;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.internal.v1.AppendRequest;
import io.millrace.internal.v1.BrokerServiceGrpc;
import io.millrace.rpc.app.RpcMeters;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

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
        return registry.scrape();
    }
}
