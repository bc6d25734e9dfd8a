package io.millrace.standalone;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.millrace.v1.ConsumerServiceGrpc;
import io.millrace.v1.ProduceRequest;
import io.millrace.v1.ProduceResult;
import io.millrace.v1.ProducerRecord;
import io.millrace.v1.ProducerServiceGrpc;
import io.millrace.v1.ReadRequest;
import io.millrace.v1.StartPoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** gRPC, through the stubs that anybody can generate. */
record GrpcDoor(ManagedChannel channel) implements FrontDoor {
    private static final int RECORDS_PER_REQUEST = 100;

    @Override
    public void load(String topic) throws IOException {
        List<String> lines = Quakes.lines();
        for (int from = 0; from < lines.size(); from += RECORDS_PER_REQUEST) {
            ProduceRequest.Builder request = ProduceRequest.newBuilder().setTopic(topic);
            for (String line : lines.subList(from, Math.min(lines.size(), from + RECORDS_PER_REQUEST))) {
                request.addRecords(ProducerRecord.newBuilder()
                        .setKey(ByteString.copyFromUtf8(Quakes.keyOf(line)))
                        .setValue(ByteString.copyFromUtf8(line)));
            }
            for (ProduceResult result : ProducerServiceGrpc.newBlockingStub(channel)
                    .produce(request.build())
                    .getResultsList()) {
                if (result.hasError()) {
                    throw new IllegalStateException(result.getError().getMessage());
                }
            }
        }
    }

    @Override
    public List<Stored> read(String topic) {
        List<Stored> records = new ArrayList<>();
        ConsumerServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(Duration.ofSeconds(30))
                .read(ReadRequest.newBuilder()
                        .addTopics(topic)
                        .setStart(StartPoint.newBuilder().setEdge(StartPoint.Edge.EDGE_EARLIEST))
                        .setUntilEnd(true)
                        .build())
                .forEachRemaining(page -> page.getRecordsList()
                        .forEach(record -> records.add(new Stored(
                                record.getPartition(),
                                record.getOffset(),
                                record.getKey().toStringUtf8(),
                                record.getValue().toStringUtf8()))));
        return records;
    }
}
