package io.millrace.cli.stream;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.millrace.v1.Acks;
import io.millrace.v1.Compression;
import io.millrace.v1.ProduceStreamRequest;
import io.millrace.v1.ProduceStreamResponse;
import io.millrace.v1.ProduceStreamResponse.Credit;
import io.millrace.v1.ProducerRecord;
import io.millrace.v1.ProducerServiceGrpc.ProducerServiceStub;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of ProduceStream. One thread sends, gRPC's threads hear the answers; the state between them is guarded by this object's
 * monitor. A batch goes out when the credit has room for it and the transport is ready for it, so neither side piles up data.
 * Every method throws {@link StatusRuntimeException} once the call has failed.
 */
public final class RecordStream implements AutoCloseable {
    private final AckListener listener;
    private final Answers answers = new Answers();
    private final ArrayDeque<OnTheWay> onTheWay = new ArrayDeque<>();
    private @Nullable ClientCallStreamObserver<ProduceStreamRequest> requests;
    private Credit credit = Credit.getDefaultInstance();
    private long bytesSentUnanswered;
    private long maxBatchBytes;
    private long lastSequence;
    private boolean opened;
    private boolean completed;
    private @Nullable StatusRuntimeException failure;

    private RecordStream(AckListener listener) {
        this.listener = listener;
    }

    /** A batch that is not answered yet: the size of its encoded form, and when it left. */
    private record OnTheWay(int bytes, long sentNanos) {}

    /** What holds for all records of a stream. */
    public record Terms(String topic, Acks acks, Compression compression) {}

    /** Opens the stream; fails with DEADLINE_EXCEEDED when the gateway does not answer in time. */
    public static RecordStream open(ProducerServiceStub stub, Terms terms, Duration timeout, AckListener listener) {
        RecordStream stream = new RecordStream(listener);
        stub.produceStream(stream.answers);
        stream.requests()
                .onNext(ProduceStreamRequest.newBuilder()
                        .setOpen(ProduceStreamRequest.Open.newBuilder()
                                .setTopic(terms.topic())
                                .setAcks(terms.acks())
                                .setCompression(terms.compression()))
                        .build());
        stream.await(() -> stream.opened, timeout);
        return stream;
    }

    /** The largest batch, in bytes of its encoded form, that the gateway takes. */
    public synchronized long maxBatchBytes() {
        return maxBatchBytes;
    }

    /** The number that the next batch gets. */
    public synchronized long nextSequence() {
        return lastSequence + 1;
    }

    /** Sends a batch, as soon as the credit allows. */
    public long send(List<ProducerRecord> records) {
        long sequence = nextSequence();
        ProduceStreamRequest request = ProduceStreamRequest.newBuilder()
                .setBatch(ProduceStreamRequest.Batch.newBuilder()
                        .setSequence(sequence)
                        .addAllRecords(records))
                .build();
        int bytes = request.getBatch().getSerializedSize();
        await(() -> hasRoomFor(bytes) && requests().isReady(), null);
        synchronized (this) {
            onTheWay.addLast(new OnTheWay(bytes, System.nanoTime()));
            bytesSentUnanswered += bytes;
            lastSequence = sequence;
        }
        requests().onNext(request);
        return sequence;
    }

    /** Says that there is no more, and waits until every batch is answered. */
    public void finish() {
        requests().onCompleted();
        await(() -> completed, null);
    }

    /** Gives up whatever is not answered yet. */
    @Override
    public void close() {
        boolean over;
        synchronized (this) {
            over = completed || failure != null;
        }
        if (!over) {
            requests().cancel("The command ends.", null);
        }
    }

    private boolean hasRoomFor(int bytes) {
        return onTheWay.isEmpty()
                || (onTheWay.size() < credit.getBatches() && bytesSentUnanswered + bytes <= credit.getBytes());
    }

    private ClientCallStreamObserver<ProduceStreamRequest> requests() {
        ClientCallStreamObserver<ProduceStreamRequest> started = requests;
        if (started == null) {
            throw new IllegalStateException("The call has not begun.");
        }
        return started;
    }

    private synchronized void await(BooleanSupplier condition, @Nullable Duration timeout) {
        long deadline = timeout == null ? 0 : System.nanoTime() + timeout.toNanos();
        while (failure == null && !condition.getAsBoolean()) {
            try {
                if (timeout == null) {
                    wait();
                } else {
                    long left = (deadline - System.nanoTime()) / 1_000_000;
                    if (left <= 0) {
                        throw Status.DEADLINE_EXCEEDED.asRuntimeException();
                    }
                    wait(left);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw Status.CANCELLED.withDescription("Interrupted").asRuntimeException();
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private synchronized OnTheWay oldestOnTheWay() {
        return onTheWay.getFirst();
    }

    private synchronized void changed(Runnable change) {
        change.run();
        notifyAll();
    }

    /** What the gateway says; gRPC calls it from one thread at a time. */
    private final class Answers implements ClientResponseObserver<ProduceStreamRequest, ProduceStreamResponse> {
        @Override
        public void beforeStart(ClientCallStreamObserver<ProduceStreamRequest> call) {
            requests = call;
            call.setOnReadyHandler(() -> changed(() -> {}));
        }

        @Override
        public void onNext(ProduceStreamResponse response) {
            switch (response.getMessageCase()) {
                case OPENED ->
                    changed(() -> {
                        opened = true;
                        maxBatchBytes = response.getOpened().getMaxBatchBytes();
                        credit = response.getOpened().getCredit();
                    });
                case CREDIT -> changed(() -> credit = response.getCredit());
                case ACK -> acknowledged(response.getAck());
                case MESSAGE_NOT_SET -> {}
            }
        }

        private void acknowledged(ProduceStreamResponse.Ack ack) {
            OnTheWay oldest = oldestOnTheWay();
            listener.acknowledged(ack.getSequence(), ack.getResultsList(), System.nanoTime() - oldest.sentNanos());
            changed(() -> {
                onTheWay.removeFirst();
                bytesSentUnanswered -= oldest.bytes();
            });
        }

        @Override
        public void onError(Throwable reported) {
            changed(() -> failure = asRuntimeException(reported));
        }

        @Override
        public void onCompleted() {
            changed(() -> {
                completed = true;
                if (!onTheWay.isEmpty() || !opened) {
                    failure = Status.INTERNAL
                            .withDescription("The gateway ended the stream before it had answered every batch")
                            .asRuntimeException();
                }
            });
        }

        private static StatusRuntimeException asRuntimeException(Throwable reported) {
            return reported instanceof StatusRuntimeException status
                    ? status
                    : Status.fromThrowable(reported).asRuntimeException();
        }
    }
}
