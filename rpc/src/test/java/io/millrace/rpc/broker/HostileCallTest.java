package io.millrace.rpc.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.millrace.internal.v1.Acks;
import io.millrace.internal.v1.AppendRequest;
import io.millrace.internal.v1.BrokerServiceGrpc;
import io.millrace.internal.v1.TopicPartition;
import io.millrace.rpc.wire.Hop;
import io.millrace.rpc.wire.WireBytes;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that no client of ours makes. */
class HostileCallTest {
    private static final MethodDescriptor<byte[], byte[]> APPEND = BrokerServiceGrpc.getAppendMethod().toBuilder(
                    WireBytes.MARSHALLER, WireBytes.MARSHALLER)
            .build();

    private final HeldBroker held = new HeldBroker();
    private final ServedBroker served = new ServedBroker(held);
    private final ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", served.port())
            .usePlaintext()
            .build();

    @AfterEach
    void stop() throws InterruptedException {
        assertThat(held.hasAppends()).isFalse();
        assertThat(served.room().requestBytes()).isZero();
        channel.shutdownNow();
        channel.awaitTermination(30, TimeUnit.SECONDS);
        served.close();
    }

    @Test
    void aRequestThatDoesNotSayItsSizeIsRefused() {
        assertThat(refused(new Metadata(), new byte[10]))
                .isEqualTo("The request does not say its size under millrace-request-bytes.");
    }

    @Test
    void aSizeThatIsNoNumberIsNone() {
        for (String size : new String[] {"", "-1", "many", "99999999999999999999"}) {
            assertThat(refused(saying(size), new byte[10]))
                    .isEqualTo("The request does not say its size under millrace-request-bytes.");
        }
    }

    @Test
    void aRequestThatIsLargerThanItSaidIsRefused() {
        assertThat(refused(saying("10"), new byte[11])).isEqualTo("The request has 11 bytes, and said that it had 10.");
    }

    @Test
    void bytesThatAreNoMessageAreRefused() {
        byte[] bytes = {10, 127, 1, 2};

        assertThat(refused(saying("4"), bytes)).startsWith("The message cannot be parsed: ");
    }

    @Test
    void aRequestForNobodyIsRefused() {
        byte[] bytes = AppendRequest.newBuilder().setAcks(Acks.ACKS_ALL).build().toByteArray();

        assertThat(refused(saying("100"), bytes)).isEqualTo("The request does not say which broker it is meant for.");
    }

    @Test
    void anAppendWithoutAcksIsRefused() {
        byte[] bytes = AppendRequest.newBuilder()
                .setTo(Settings.BROKER.encode())
                .build()
                .toByteArray();

        assertThat(refused(saying("100"), bytes)).isEqualTo("The append does not say when it shall be acknowledged.");
    }

    @Test
    void aPartitionBelowZeroIsRefused() {
        byte[] bytes = AppendRequest.newBuilder()
                .setTo(Settings.BROKER.encode())
                .setAcks(Acks.ACKS_ALL)
                .addParts(AppendRequest.Part.newBuilder()
                        .setPartition(
                                TopicPartition.newBuilder().setTopic("orders").setPartition(-1)))
                .build()
                .toByteArray();

        assertThat(refused(saying("100"), bytes)).isEqualTo("Partitions are numbered from 0; -1 is impossible.");
    }

    private static Metadata saying(String size) {
        Metadata headers = new Metadata();
        headers.put(Hop.REQUEST_BYTES, size);
        return headers;
    }

    private String refused(Metadata headers, byte[] message) {
        Channel asking = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
        StatusRuntimeException thrown = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> ClientCalls.blockingUnaryCall(
                        asking, APPEND, CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS), message));
        assertThat(thrown.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        return String.valueOf(thrown.getStatus().getDescription());
    }
}
