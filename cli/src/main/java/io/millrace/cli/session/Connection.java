package io.millrace.cli.session;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.millrace.v1.ClusterServiceGrpc;
import io.millrace.v1.ConsumerServiceGrpc;
import io.millrace.v1.PartitionServiceGrpc;
import io.millrace.v1.ProducerServiceGrpc;
import io.millrace.v1.QuotaServiceGrpc;
import io.millrace.v1.TopicServiceGrpc;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One channel to the gateway, with a bound on how long connecting and a single answer may take. */
public final class Connection implements AutoCloseable {
    private static final int MAX_CONNECT_MILLIS = 5_000;
    private static final int MAX_MESSAGE_BYTES = 128 << 20;

    private final ManagedChannel channel;
    private final Duration timeout;

    private Connection(ManagedChannel channel, Duration timeout) {
        this.channel = channel;
        this.timeout = timeout;
    }

    public static Connection open(ServerAddress server, Duration timeout) {
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(server.host(), server.port())
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .withOption(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(MAX_CONNECT_MILLIS, timeout.toMillis()));
        if (!server.tls()) {
            builder.usePlaintext();
        }
        return new Connection(builder.build(), timeout);
    }

    public TopicServiceGrpc.TopicServiceBlockingStub topics() {
        return bounded(TopicServiceGrpc.newBlockingStub(channel));
    }

    public PartitionServiceGrpc.PartitionServiceBlockingStub partitions() {
        return bounded(PartitionServiceGrpc.newBlockingStub(channel));
    }

    public QuotaServiceGrpc.QuotaServiceBlockingStub quotas() {
        return bounded(QuotaServiceGrpc.newBlockingStub(channel));
    }

    public ClusterServiceGrpc.ClusterServiceBlockingStub cluster() {
        return bounded(ClusterServiceGrpc.newBlockingStub(channel));
    }

    /** For one-shot calls. */
    public ProducerServiceGrpc.ProducerServiceBlockingStub producer() {
        return bounded(ProducerServiceGrpc.newBlockingStub(channel));
    }

    /** For streams, which may last as long as there is something to send. */
    public ProducerServiceGrpc.ProducerServiceStub producerStreams() {
        return ProducerServiceGrpc.newStub(channel);
    }

    /** For streams, which may last as long as somebody reads; so first of all the gateway has to be there. */
    public ConsumerServiceGrpc.ConsumerServiceBlockingStub consumerStreams() {
        awaitHandshake();
        return ConsumerServiceGrpc.newBlockingStub(channel);
    }

    public Duration timeout() {
        return timeout;
    }

    /** Returns when the gateway has answered the connection's handshake, or the next call will tell why it did not. */
    private void awaitHandshake() {
        long deadline = System.nanoTime() + timeout.toNanos();
        ConnectivityState state = channel.getState(true);
        while (state == ConnectivityState.IDLE || state == ConnectivityState.CONNECTING) {
            CountDownLatch changed = new CountDownLatch(1);
            channel.notifyWhenStateChanged(state, changed::countDown);
            try {
                if (!changed.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    throw Status.DEADLINE_EXCEEDED.asRuntimeException();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw Status.CANCELLED.asRuntimeException();
            }
            state = channel.getState(true);
        }
    }

    private <S extends AbstractStub<S>> S bounded(S stub) {
        return stub.withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
