package io.millrace.rpc.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.internal.v1.BrokerServiceGrpc;
import io.millrace.rpc.client.ClientLimits;
import io.millrace.rpc.wire.AppendMessages;
import io.millrace.rpc.wire.Hop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A broker whose answers come as the test says, before a client with room for one answer with records. */
class AnswersTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int ANSWER_BYTES = 1_000;

    private final CountDownLatch announced = new CountDownLatch(1);
    private final Clients clients = new Clients(new ClientLimits(
            Settings.MESSAGE_BYTES_MAX, 16 << 20, 1 << 20, 16 << 20, 16 << 20, ANSWER_BYTES, shortPatienceForRoom()));
    private @Nullable Server server;

    private static ClientLimits.Patience shortPatienceForRoom() {
        ClientLimits.Patience usual = Settings.PATIENCE;
        return new ClientLimits.Patience(
                Duration.ofMillis(50),
                usual.grace(),
                usual.question(),
                usual.connect(),
                usual.reconnect(),
                usual.keepAlive(),
                usual.keepAliveTimeout());
    }

    @AfterEach
    void stop() {
        clients.close();
        if (server != null) {
            server.shutdownNow();
        }
    }

    @Test
    void whatBecameOfAnAppendIsHeardHoweverManyRecordsAreComingIn() throws Exception {
        int port = serve(call -> {
            call.sendHeaders(answerBytes(100));
            call.sendMessage(AppendMessages.encode(List.of(Outcome.done(new Appended(5, 5, -1, 0)))));
            call.close(Status.OK, new Metadata());
        });
        var client = clients.to(port);
        var _ = Asking.fetch(client, LONG);
        assertThat(announced.await(30, TimeUnit.SECONDS)).isTrue();
        awaitFullRoom();

        var append = Asking.append(client, LONG, 10);

        assertThat(Asking.outcome(append)).isEqualTo(Outcome.done(new Appended(5, 5, -1, 0)));
    }

    @Test
    void anAppendMayStandThatEndsForWantOfSomethingAfterItWasSent() throws Exception {
        int port = serve(call -> call.close(Status.RESOURCE_EXHAUSTED, new Metadata()));

        assertThat(Asking.refusal(Asking.append(clients.to(port), LONG, 10))).isInstanceOf(Refusal.TimedOut.class);
    }

    private void awaitFullRoom() {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (clients.room().answerBytes() < ANSWER_BYTES) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** Announces the answer to each fetch and keeps it back. */
    private int serve(Consumer<ServerCall<byte[], io.millrace.internal.v1.AppendResponse>> answeringAppends)
            throws IOException {
        ServerServiceDefinition service = ServerServiceDefinition.builder(BrokerServiceGrpc.SERVICE_NAME)
                .addMethod(headersFirst(Hop.answered(BrokerServiceGrpc.getFetchMethod())), (call, _) -> {
                    call.sendHeaders(answerBytes(ANSWER_BYTES));
                    announced.countDown();
                    return new ServerCall.Listener<>() {};
                })
                .addMethod(Hop.answered(BrokerServiceGrpc.getAppendMethod()), (call, _) -> {
                    call.request(1);
                    return onRequest(() -> answeringAppends.accept(call));
                })
                .build();
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(service)
                .build()
                .start();
        return server.getPort();
    }

    private static ServerCall.Listener<byte[]> onRequest(Runnable answer) {
        return new ServerCall.Listener<>() {
            @Override
            public void onHalfClose() {
                answer.run();
            }
        };
    }

    /** With one answer, gRPC would keep the headers back until the answer is there. */
    private static <Q, A> MethodDescriptor<Q, A> headersFirst(MethodDescriptor<Q, A> method) {
        return method.toBuilder()
                .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
                .build();
    }

    private static Metadata answerBytes(int bytes) {
        Metadata headers = new Metadata();
        headers.put(Hop.ANSWER_BYTES, Integer.toString(bytes));
        return headers;
    }
}
