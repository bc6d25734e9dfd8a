package io.millrace.rpc.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.internal.v1.ControllerServiceGrpc;
import io.millrace.internal.v1.FindControllerRequest;
import io.millrace.internal.v1.FindControllerResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RpcMetersTest {
    private static final String NAME = "controller-1";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final MeterRegistry served = new SimpleMeterRegistry();
    private final MeterRegistry made = new SimpleMeterRegistry();
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void connect() throws Exception {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new ControllerServiceGrpc.ControllerServiceImplBase() {
                    @Override
                    public void findController(
                            FindControllerRequest request, StreamObserver<FindControllerResponse> answer) {
                        answer.onNext(FindControllerResponse.newBuilder()
                                .setControllerId(NAME)
                                .build());
                        answer.onCompleted();
                    }
                })
                .addStreamTracerFactory(RpcMeters.server(served))
                .build()
                .start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .proxyDetector(target -> null)
                .intercept(RpcMeters.client(made, "controller-1"))
                .build();
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    @Test
    void bothEndsTimeACallByItsMethodAndWeighItsMessages() throws Exception {
        ControllerServiceGrpc.newBlockingStub(channel).findController(FindControllerRequest.getDefaultInstance());

        Timer atServer =
                await(served, "millrace.rpc.server", "method", "ControllerService.FindController", "status", "OK");
        Timer atClient = await(
                made,
                "millrace.rpc.client",
                "peer",
                "controller-1",
                "method",
                "ControllerService.FindController",
                "status",
                "OK");
        assertThat(atServer.count()).isEqualTo(1);
        assertThat(atClient.count()).isEqualTo(1);
        assertThat(bytes(served, "millrace.rpc.server.bytes", "out")).isGreaterThanOrEqualTo(NAME.length());
        assertThat(bytes(made, "millrace.rpc.client.bytes", "in")).isGreaterThanOrEqualTo(NAME.length());
    }

    @Test
    void aMethodThatDoesNotExistMakesNoSeriesAtTheServer() throws Exception {
        MethodDescriptor<FindControllerRequest, FindControllerResponse> madeUp =
                ControllerServiceGrpc.getFindControllerMethod().toBuilder()
                        .setFullMethodName("made.up.Service/MadeUp")
                        .build();

        assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(
                        channel, madeUp, CallOptions.DEFAULT, FindControllerRequest.getDefaultInstance()))
                .isInstanceOf(StatusRuntimeException.class);

        await(served, "millrace.rpc.server", "method", "unknown", "status", "UNIMPLEMENTED");
        assertThat(served.getMeters())
                .noneMatch(meter -> meter.getId().getTags().toString().contains("MadeUp"));
    }

    private static double bytes(MeterRegistry registry, String name, String direction) {
        return registry.get(name).tag("direction", direction).counter().count();
    }

    /** An end hears of a call's end a moment before or after its caller does. */
    private static Timer await(MeterRegistry registry, String name, String... tags) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Timer timer = registry.find(name).tags(tags).timer();
        while (timer == null) {
            assertThat(System.nanoTime()).as(name).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(2);
            timer = registry.find(name).tags(tags).timer();
        }
        return timer;
    }
}
