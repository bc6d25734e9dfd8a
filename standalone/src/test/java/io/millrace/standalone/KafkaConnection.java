package io.millrace.standalone;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.errors.InvalidMetadataException;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.record.internal.MemoryRecords;

/** A connection to the Kafka door on which a test sends any bytes as the records of a produce request. */
final class KafkaConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final short PRODUCE = 0;
    private static final short LOWEST = 3;
    private static final short FLEXIBLE = 9;

    private final Socket socket;
    private final DataInputStream in;

    KafkaConnection(int port) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        this.in = new DataInputStream(socket.getInputStream());
    }

    /**
     * What the broker answers for records that go to partition 0 of the topic with acks=all. Asks again, as every client does, while the
     * topic is so new that not everybody knows who leads it.
     */
    PartitionProduceResponse produce(String topic, int version, byte[] records) throws IOException {
        PartitionProduceResponse answer;
        do {
            answer = ask(topic, version, records);
        } while (Errors.forCode(answer.errorCode()).exception() instanceof InvalidMetadataException);
        return answer;
    }

    private PartitionProduceResponse ask(String topic, int version, byte[] records) throws IOException {
        send(topic, (short) version, records);
        ByteBuffer frame = ByteBuffer.wrap(in.readNBytes(in.readInt()));
        frame.getInt(); // the correlation id
        if (version >= FLEXIBLE) {
            frame.get(); // no tagged fields
        }
        ProduceResponseData response = new ProduceResponseData(new ByteBufferAccessor(frame), (short) version);
        return response.responses().iterator().next().partitionResponses().getFirst();
    }

    /** Sends the request only; in a version below 3, one of version 3 that says so. */
    void send(String topic, short version, byte[] records) throws IOException {
        ProduceRequestData request =
                new ProduceRequestData().setAcks((short) -1).setTimeoutMs(PATIENCE_MILLIS);
        request.topicData()
                .add(new ProduceRequestData.TopicProduceData()
                        .setName(topic)
                        .setPartitionData(List.of(new ProduceRequestData.PartitionProduceData()
                                .setRecords(MemoryRecords.readableRecords(ByteBuffer.wrap(records))))));
        ByteBuffer head = MessageUtil.toByteBufferAccessor(
                        new RequestHeaderData()
                                .setRequestApiKey(PRODUCE)
                                .setRequestApiVersion(version)
                                .setClientId("malformed"),
                        (short) (version >= FLEXIBLE ? 2 : 1))
                .buffer();
        ByteBuffer body = MessageUtil.toByteBufferAccessor(request, (short) Math.max(version, LOWEST))
                .buffer();
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + head.remaining() + body.remaining())
                .putInt(head.remaining() + body.remaining())
                .put(head)
                .put(body);
        socket.getOutputStream().write(frame.array());
    }

    /** Whether the other side ends the connection, having sent nothing more. */
    boolean isEnded() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
