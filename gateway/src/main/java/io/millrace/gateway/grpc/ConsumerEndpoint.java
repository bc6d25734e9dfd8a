package io.millrace.gateway.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.millrace.gateway.read.RecordReader;
import io.millrace.v1.ConsumerServiceGrpc;
import io.millrace.v1.FetchRequest;
import io.millrace.v1.FetchResponse;
import io.millrace.v1.ReadRequest;
import io.millrace.v1.ReadResponse;

/** Serves ConsumerService. Safe for any thread; blocks none. */
public final class ConsumerEndpoint extends ConsumerServiceGrpc.ConsumerServiceImplBase {
    private final RecordReader reader;
    private final OpenCalls calls;

    public ConsumerEndpoint(RecordReader reader, OpenCalls calls) {
        this.reader = reader;
        this.calls = calls;
    }

    @Override
    public void fetch(FetchRequest request, StreamObserver<FetchResponse> observer) {
        UnaryCall.answer(
                observer,
                () -> Outcomes.thenAsk(FetchTranslation.page(request), reader::read),
                FetchTranslation::response);
    }

    @Override
    public void read(ReadRequest request, StreamObserver<ReadResponse> observer) {
        new ReadCall((ServerCallStreamObserver<ReadResponse>) observer, reader).begin(request, calls);
    }
}
