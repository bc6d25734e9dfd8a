package io.millrace.cli.gateway;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.millrace.v1.ConsumerServiceGrpc;
import io.millrace.v1.ReadRequest;
import io.millrace.v1.ReadResponse;
import io.millrace.v1.Record;
import io.millrace.v1.StartPoint;
import io.millrace.v1.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Sends what is there, ten records at a time; without an end it then keeps the stream open until the client goes. */
public final class FakeConsumerService extends ConsumerServiceGrpc.ConsumerServiceImplBase {
    private static final int RECORDS_PER_RESPONSE = 10;

    private final FakeLog log;
    private final AtomicReference<ReadRequest> last = new AtomicReference<>(ReadRequest.getDefaultInstance());
    private final CountDownLatch cancelled = new CountDownLatch(1);

    FakeConsumerService(FakeLog log) {
        this.log = log;
    }

    /** The request of the last reader. */
    public ReadRequest lastRequest() {
        return last.get();
    }

    /** Opens when a reader has gone away. */
    public CountDownLatch cancelled() {
        return cancelled;
    }

    @Override
    public void read(ReadRequest request, StreamObserver<ReadResponse> answer) {
        last.set(request);
        ((ServerCallStreamObserver<ReadResponse>) answer).setOnCancelHandler(cancelled::countDown);
        List<TopicPartition> partitions = new ArrayList<>(request.getPartitionsList());
        for (String topic : request.getTopicsList()) {
            if (!log.topics().containsKey(topic)) {
                answer.onError(Status.NOT_FOUND
                        .withDescription("There is no topic " + topic)
                        .asRuntimeException());
                return;
            }
            for (int at = 0; at < log.topics().get(topic).getPartitionCount(); at++) {
                partitions.add(TopicPartition.newBuilder()
                        .setTopic(topic)
                        .setPartition(at)
                        .build());
            }
        }
        List<Record> records = partitions.stream()
                .flatMap(partition ->
                        from(request.getStart(), log.partition(partition.getTopic(), partition.getPartition()))
                                .stream())
                .limit(request.getMaxRecords() == 0 ? Long.MAX_VALUE : request.getMaxRecords())
                .toList();
        for (int from = 0; from < records.size(); from += RECORDS_PER_RESPONSE) {
            int to = Math.min(records.size(), from + RECORDS_PER_RESPONSE);
            answer.onNext(ReadResponse.newBuilder()
                    .addAllRecords(records.subList(from, to))
                    .build());
        }
        if (request.getUntilEnd() || records.size() == request.getMaxRecords()) {
            answer.onCompleted();
        }
    }

    private static List<Record> from(StartPoint start, List<Record> records) {
        int size = records.size();
        return switch (start.getStartCase()) {
            case LAST -> records.subList((int) Math.max(0, size - start.getLast()), size);
            case OFFSET -> records.subList((int) Math.min(size, start.getOffset()), size);
            case EDGE -> start.getEdge() == StartPoint.Edge.EDGE_LATEST ? List.of() : records;
            default -> records;
        };
    }
}
