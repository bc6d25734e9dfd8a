package io.millrace.cli.session;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.millrace.v1.ClusterServiceGrpc;
import io.millrace.v1.ConsumerServiceGrpc;
import io.millrace.v1.ProducerServiceGrpc;
import io.millrace.v1.TopicServiceGrpc;
import io.netty.channel.ChannelOption;
import java.time.Duration;
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

    public ClusterServiceGrpc.ClusterServiceBlockingStub cluster() {
        return bounded(ClusterServiceGrpc.newBlockingStub(channel));
    }

    /** For one-shot calls. */
    public ProducerServiceGrpc.ProducerServiceFutureStub producer() {
        return bounded(ProducerServiceGrpc.newFutureStub(channel));
    }

    /** For streams, which may last as long as there is something to send. */
    public ProducerServiceGrpc.ProducerServiceStub producerStreams() {
        return ProducerServiceGrpc.newStub(channel);
    }

    /** For streams, which may last as long as somebody reads. */
    public ConsumerServiceGrpc.ConsumerServiceBlockingStub consumerStreams() {
        return ConsumerServiceGrpc.newBlockingStub(channel);
    }

    public Duration timeout() {
        return timeout;
    }

    private <S extends AbstractStub<S>> S bounded(S stub) {
        return stub.withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
