package io.millrace.gateway.kafka.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read and written by hand is what kafka-clients writes and reads, in every version. */
class ProduceWireTest {
    private static final Uuid ID = new Uuid(7, 11);
    private static final ByteBuffer BATCH = ByteBuffer.wrap("a batch".getBytes(StandardCharsets.UTF_8));

    static Stream<Short> versions() {
        return IntStream.rangeClosed(3, 13).mapToObj(version -> (short) version);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aRequestIsReadAsKafkaClientsWritesIt(short version) {
        ByteBuffer bytes =
                MessageUtil.toByteBufferAccessor(kafkaRequest(version), version).buffer();

        ProduceRequest request = ProduceRequest.read(bytes, version);

        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(request.transactionalId()).isEqualTo("t-1");
        assertThat(request.acks()).isEqualTo((short) -1);
        assertThat(request.timeoutMillis()).isEqualTo(1_234);
        assertThat(request.topics()).hasSize(2);
        ProduceRequest.Topic first = request.topics().getFirst();
        assertThat(first.name()).isEqualTo(version < 13 ? "orders" : "");
        assertThat(first.id()).isEqualTo(version < 13 ? Uuid.ZERO_UUID : ID);
        assertThat(first.parts()).containsExactly(new ProduceRequest.Part(4, BATCH), new ProduceRequest.Part(5, null));
        assertThat(request.topics().getLast().parts()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aResponseIsReadByKafkaClientsAsItWasMeant(short version) {
        ProduceRequest request = ProduceRequest.read(
                MessageUtil.toByteBufferAccessor(kafkaRequest(version), version).buffer(), version);
        RequestHead head = new RequestHead(ApiKeys.PRODUCE.id, version, 42, "c");

        Reply.Frame frame = ProduceResponse.write(
                head,
                request,
                List.of(
                        new ProduceResponse.Part(4, (short) 0, 17, 18, 19, null),
                        ProduceResponse.Part.refused(5, (short) 87, "no records")),
                23);

        ByteBuffer bytes = ((ReplyPart.Bytes) frame.parts().getFirst()).bytes();
        assertThat(bytes.getInt()).isEqualTo(bytes.remaining());
        assertThat(bytes.getInt()).isEqualTo(42);
        if (version >= 9) {
            assertThat(bytes.get()).isZero();
        }
        ProduceResponseData response = new ProduceResponseData(new ByteBufferAccessor(bytes), version);
        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(response).isEqualTo(kafkaResponse(version));
    }

    private static ProduceRequestData kafkaRequest(short version) {
        TopicProduceDataCollection topics = new TopicProduceDataCollection();
        topics.add(topic("orders", ID, version)
                .setPartitionData(List.of(
                        new PartitionProduceData()
                                .setIndex(4)
                                .setRecords(MemoryRecords.readableRecords(BATCH.duplicate())),
                        new PartitionProduceData().setIndex(5).setRecords(null))));
        topics.add(topic("empty", new Uuid(1, 2), version));
        return new ProduceRequestData()
                .setTransactionalId("t-1")
                .setAcks((short) -1)
                .setTimeoutMs(1_234)
                .setTopicData(topics);
    }

    private static TopicProduceData topic(String name, Uuid id, short version) {
        return version < 13 ? new TopicProduceData().setName(name) : new TopicProduceData().setTopicId(id);
    }

    private static ProduceResponseData kafkaResponse(short version) {
        ProduceResponseData response = new ProduceResponseData().setThrottleTimeMs(23);
        PartitionProduceResponse done = new PartitionProduceResponse()
                .setIndex(4)
                .setBaseOffset(17)
                .setLogAppendTimeMs(18)
                .setLogStartOffset(version < 5 ? -1 : 19);
        PartitionProduceResponse refused = new PartitionProduceResponse()
                .setIndex(5)
                .setErrorCode((short) 87)
                .setBaseOffset(-1)
                .setErrorMessage(version < 8 ? null : "no records");
        response.responses().add(answer("orders", ID, version).setPartitionResponses(List.of(done, refused)));
        response.responses().add(answer("empty", new Uuid(1, 2), version));
        return response;
    }

    private static TopicProduceResponse answer(String name, Uuid id, short version) {
        return version < 13 ? new TopicProduceResponse().setName(name) : new TopicProduceResponse().setTopicId(id);
    }
}
