package io.millrace.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.millrace.core.api.ActiveProducer;
import io.millrace.core.api.DeleteRecordsRequest;
import io.millrace.core.api.DescribePartitionsRequest;
import io.millrace.core.api.DescribeProducersRequest;
import io.millrace.core.api.LogDirectoryDetail;
import io.millrace.core.api.Outcome;
import io.millrace.core.fuzz.Bounds;
import io.millrace.core.model.TopicPartition;
import io.millrace.internal.v1.AppendRequest;
import io.millrace.internal.v1.AppendResponse;
import io.millrace.internal.v1.DescribeLogDirectoriesRequest;
import io.millrace.internal.v1.DescribeLogDirectoriesResponse;
import io.millrace.internal.v1.DescribePartitionsResponse;
import io.millrace.internal.v1.DescribeProducersResponse;
import io.millrace.internal.v1.FetchRequest;
import io.millrace.internal.v1.FetchResponse;
import io.millrace.internal.v1.ListOffsetsRequest;
import io.millrace.internal.v1.ListOffsetsResponse;
import io.millrace.internal.v1.ReplicaHello;
import io.millrace.internal.v1.ReplicaPull;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes of any kind as messages between processes of a cluster. Each is understood, or a MalformedMessageException, within a bound of memory.
 */
final class WireMessageFuzz {
    /** Bytes that may be allocated for each byte of a message: a field of two bytes may become an empty message of its own. */
    private static final int ALLOCATED_EACH = 512;

    private static final long ALLOCATED_ALWAYS = 1 << 20;
    private static final List<Decoding> DECODINGS = List.of(
            decoding(AppendRequest.parser(), AppendMessages::decode),
            decoding(AppendResponse.parser(), AppendMessages::decode),
            decoding(FetchRequest.parser(), FetchMessages::decode),
            decoding(FetchResponse.parser(), FetchMessages::decode),
            decoding(ListOffsetsRequest.parser(), OffsetMessages::decode),
            decoding(ListOffsetsResponse.parser(), OffsetMessages::decode),
            decoding(io.millrace.internal.v1.DeleteRecordsRequest.parser(), PartitionMessages::decode),
            decoding(io.millrace.internal.v1.DescribePartitionsRequest.parser(), PartitionMessages::decode),
            decoding(DescribePartitionsResponse.parser(), answer -> PartitionMessages.decode(answer.getPartsList())),
            decoding(io.millrace.internal.v1.DescribeProducersRequest.parser(), ProducerMessages::decode),
            decoding(DescribeProducersResponse.parser(), ProducerMessages::decode),
            decoding(DescribeLogDirectoriesRequest.parser(), LogDirectoryMessages::decode),
            decoding(DescribeLogDirectoriesResponse.parser(), LogDirectoryMessages::decode),
            decoding(ReplicaHello.parser(), ReplicaPulls::decode),
            decoding(ReplicaPull.parser(), ReplicaPulls::decode),
            decoding(io.millrace.internal.v1.ReplicaParts.parser(), ReplicaParts::decode),
            decoding(io.millrace.internal.v1.ClusterDelta.parser(), Deltas::decode),
            decoding(io.millrace.internal.v1.MetadataRecord.parser(), MetadataFacts::decode));

    /** A message of some kinds; an empty one of each of the others. */
    static Stream<byte[]> messages() {
        BrokerAddressed to = new BrokerAddressed("cluster", 1, 7);
        TopicPartition orders = new TopicPartition("orders", 0);
        Stream<byte[]> filled = Stream.of(
                seed(
                        6,
                        PartitionMessages.encode(
                                to, new DeleteRecordsRequest(List.of(new DeleteRecordsRequest.Part(orders, 3))))),
                seed(7, PartitionMessages.encode(to, new DescribePartitionsRequest(List.of(orders)))),
                seed(9, ProducerMessages.encode(to, new DescribeProducersRequest(List.of(orders), 9))),
                seed(
                        10,
                        ProducerMessages.encode(
                                List.of(Outcome.done(List.of(new ActiveProducer(4, (short) 1, 2, 3)))))),
                seed(11, LogDirectoryMessages.encode(to, LogDirectoryDetail.REPLICAS)));
        Stream<byte[]> empty = Stream.iterate(0, kind -> kind < DECODINGS.size(), kind -> kind + 1)
                .map(kind -> new byte[] {kind.byteValue()});
        return Stream.concat(filled, empty);
    }

    @MethodSource("messages")
    @FuzzTest
    void anyBytesAreAMessageOrMalformed(byte[] input) {
        if (input == null || input.length == 0) {
            return;
        }
        byte[] message = Arrays.copyOfRange(input, 1, input.length);
        Bounds.hold(
                ALLOCATED_ALWAYS + (long) ALLOCATED_EACH * input.length,
                () -> readOrRefuse(DECODINGS.get(Math.floorMod(input[0], DECODINGS.size())), message));
    }

    private static void readOrRefuse(Decoding decoding, byte[] message) {
        try {
            decoding.decode(message);
        } catch (MalformedMessageException refused) {
            assertThat(refused.problem()).isNotBlank();
        }
    }

    private interface Decoding {
        void decode(byte[] bytes) throws MalformedMessageException;
    }

    private interface Translation<M> {
        Object of(M message) throws MalformedMessageException;
    }

    private static <M extends MessageLite> Decoding decoding(Parser<M> parser, Translation<M> translation) {
        return bytes ->
                assertThat(translation.of(WireBytes.parse(parser, bytes))).isNotNull();
    }

    private static byte[] seed(int kind, MessageLite message) {
        byte[] bytes = new byte[1 + message.getSerializedSize()];
        bytes[0] = (byte) kind;
        System.arraycopy(message.toByteArray(), 0, bytes, 1, bytes.length - 1);
        return bytes;
    }
}
