package io.millrace.cli.gateway;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.millrace.v1.ProduceRequest;
import io.millrace.v1.ProduceResponse;
import io.millrace.v1.ProduceResult;
import io.millrace.v1.ProduceStreamRequest;
import io.millrace.v1.ProduceStreamResponse;
import io.millrace.v1.ProducerServiceGrpc;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

/** Appends at once, but answers a stream's batches only when the credit is used up or the stream ends. */
public final class FakeProducerService extends ProducerServiceGrpc.ProducerServiceImplBase {
    private static final int CREDIT_BATCHES = 3;

    private final FakeLog log;
    private final int maxBatchBytes;
    private final AtomicInteger mostOnTheWay = new AtomicInteger();
    private volatile int batchesUntilBreak = Integer.MAX_VALUE;

    FakeProducerService(FakeLog log, int maxBatchBytes) {
        this.log = log;
        this.maxBatchBytes = maxBatchBytes;
    }

    /** Breaks streams instead of taking more than so many batches. */
    public void breakStreamsAfter(int batches) {
        batchesUntilBreak = batches;
    }

    /** The largest number of batches that were sent and not acknowledged. */
    public int mostOnTheWay() {
        return mostOnTheWay.get();
    }

    @Override
    public void produce(ProduceRequest request, StreamObserver<ProduceResponse> answer) {
        ProduceResponse.Builder response = ProduceResponse.newBuilder();
        request.getRecordsList().forEach(record -> response.addResults(log.append(request.getTopic(), record)));
        answer.onNext(response.build());
        answer.onCompleted();
    }

    @Override
    public StreamObserver<ProduceStreamRequest> produceStream(StreamObserver<ProduceStreamResponse> answers) {
        return new Stream(answers);
    }

    /** gRPC calls it from one thread at a time. */
    private final class Stream implements StreamObserver<ProduceStreamRequest> {
        private final StreamObserver<ProduceStreamResponse> answers;
        private final Queue<ProduceStreamResponse.Ack> due = new ArrayDeque<>();
        private String topic = "";
        private int batches;

        Stream(StreamObserver<ProduceStreamResponse> answers) {
            this.answers = answers;
        }

        @Override
        public void onNext(ProduceStreamRequest request) {
            if (request.hasOpen()) {
                open(request.getOpen().getTopic());
            } else if (batches == batchesUntilBreak) {
                answers.onError(Status.UNAVAILABLE
                        .withDescription("The gateway is shutting down")
                        .asRuntimeException());
            } else {
                take(request.getBatch());
            }
        }

        private void open(String name) {
            topic = name;
            if (!log.topics().containsKey(name)) {
                answers.onError(Status.NOT_FOUND
                        .withDescription("There is no topic " + name)
                        .asRuntimeException());
                return;
            }
            answers.onNext(ProduceStreamResponse.newBuilder()
                    .setOpened(ProduceStreamResponse.Opened.newBuilder()
                            .setMaxBatchBytes(maxBatchBytes)
                            .setCredit(ProduceStreamResponse.Credit.newBuilder()
                                    .setBatches(CREDIT_BATCHES)
                                    .setBytes(4L * maxBatchBytes)))
                    .build());
        }

        private void take(ProduceStreamRequest.Batch batch) {
            batches++;
            ProduceStreamResponse.Ack.Builder ack =
                    ProduceStreamResponse.Ack.newBuilder().setSequence(batch.getSequence());
            batch.getRecordsList().stream()
                    .map(record -> log.append(topic, record))
                    .forEach((ProduceResult result) -> ack.addResults(result));
            due.add(ack.build());
            mostOnTheWay.accumulateAndGet(due.size(), Math::max);
            if (due.size() >= CREDIT_BATCHES) {
                acknowledge();
            }
        }

        private void acknowledge() {
            while (!due.isEmpty()) {
                answers.onNext(
                        ProduceStreamResponse.newBuilder().setAck(due.remove()).build());
            }
        }

        @Override
        public void onError(Throwable cancelled) {}

        @Override
        public void onCompleted() {
            acknowledge();
            answers.onCompleted();
        }
    }
}
