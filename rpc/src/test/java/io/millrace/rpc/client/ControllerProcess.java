package io.millrace.rpc.client;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.millrace.core.api.ControllerApi;
import io.millrace.rpc.server.ControllerEndpoint;
import io.millrace.rpc.server.ControllerEndpointOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A controller of a test as other processes see it: behind a server on the loopback interface, which can be cut off. */
final class ControllerProcess {
    /** Quick to tell, and short of memory, so that tests need neither time nor size. */
    static final ControllerEndpointOptions QUICK =
            new ControllerEndpointOptions(Duration.ofMillis(50), Duration.ofMillis(10), 5, 1 << 20, 1_000, 10);

    private final ControllerEndpoint endpoint;
    private final Server server;
    private final ControllerAddress address;

    private ControllerProcess(ControllerEndpoint endpoint, Server server) {
        this.endpoint = endpoint;
        this.server = server;
        this.address = new ControllerAddress("127.0.0.1", server.getPort());
    }

    static ControllerProcess start(ControllerApi controller, String id) {
        return start(controller, id, 0);
    }

    static ControllerProcess start(ControllerApi controller, String id, int port) {
        ControllerEndpoint endpoint = new ControllerEndpoint(controller, id, QUICK);
        return new ControllerProcess(
                endpoint,
                listen(
                        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                        endpoint));
    }

    /** Any server with a service. */
    static Server listen(ServerBuilder<?> builder, BindableService service) {
        try {
            return builder.addService(service).build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ControllerAddress address() {
        return address;
    }

    int watchers() {
        return endpoint.watchers();
    }

    long watchersLag() {
        return endpoint.watchersLag();
    }

    int snapshotsMade() {
        return endpoint.snapshotsMade();
    }

    /** Breaks every connection, as the end of a process does. */
    void stop() throws InterruptedException {
        server.shutdownNow();
        server.awaitTermination(10, TimeUnit.SECONDS);
        endpoint.close();
    }
}
