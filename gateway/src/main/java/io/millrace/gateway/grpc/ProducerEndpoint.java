package io.millrace.gateway.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.gateway.produce.Produced;
import io.millrace.gateway.produce.RecordProducer;
import io.millrace.v1.ProduceRequest;
import io.millrace.v1.ProduceResponse;
import io.millrace.v1.ProduceStreamRequest;
import io.millrace.v1.ProduceStreamResponse;
import io.millrace.v1.ProducerServiceGrpc;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Serves ProducerService. Safe for any thread; blocks none. */
public final class ProducerEndpoint extends ProducerServiceGrpc.ProducerServiceImplBase {
    private final RecordProducer producer;
    private final GrpcLimits limits;
    private final OpenCalls calls;

    public ProducerEndpoint(RecordProducer producer, GrpcLimits limits, OpenCalls calls) {
        this.producer = producer;
        this.limits = limits;
        this.calls = calls;
    }

    @Override
    public void produce(ProduceRequest request, StreamObserver<ProduceResponse> observer) {
        UnaryCall.answer(
                observer,
                () -> produce(request),
                outcomes -> ProduceResponse.newBuilder()
                        .addAllResults(ProduceResults.of(outcomes))
                        .build());
    }

    @Override
    public StreamObserver<ProduceStreamRequest> produceStream(StreamObserver<ProduceStreamResponse> observer) {
        ServerCallStreamObserver<ProduceStreamResponse> call =
                (ServerCallStreamObserver<ProduceStreamResponse>) observer;
        return new ProduceStreamCall(call, producer, limits).begin(calls);
    }

    private CompletableFuture<Outcome<List<Outcome<Produced>>>> produce(ProduceRequest request) {
        Optional<Refusal> problem = IncomingRecords.problemOf(request.getRecordsList());
        if (problem.isPresent()) {
            return CompletableFuture.completedFuture(Outcome.refused(problem.get()));
        }
        Outcome<ProduceSettings> settings = ProduceSettings.of(
                request.getTopic(),
                request.getAcks(),
                request.getCompression(),
                CallDeadline.within(limits.produceTimeout()));
        return Outcomes.thenAsk(
                settings.flatMap(wanted -> wanted.storedOnce("request_id", request.getRequestId())),
                wanted -> producer.produce(
                                wanted.topic(), IncomingRecords.of(request.getRecordsList()), wanted.options())
                        .thenApply(Outcome::done));
    }
}
