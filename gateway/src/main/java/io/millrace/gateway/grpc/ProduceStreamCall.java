package io.millrace.gateway.grpc;

import io.grpc.SynchronizationContext;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.gateway.produce.Produced;
import io.millrace.gateway.produce.RecordProducer;
import io.millrace.v1.ProduceStreamRequest;
import io.millrace.v1.ProduceStreamResponse;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ProduceStream. What happens to it (messages, outcomes, readiness, its end) comes from several threads and is taken
 * in turn: all state is confined to {@link #turn}.
 *
 * <p>Memory stays bounded whatever the client does. A batch counts from its arrival until its acknowledgement is sent, and
 * that waits for the client to read the earlier ones: who sends beyond the credit is cut off, and who sends many small
 * records and reads nothing is not read on. What is under way at the brokers is bounded by the producer.
 */
final class ProduceStreamCall implements StreamObserver<ProduceStreamRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(ProduceStreamCall.class);

    /** The fields around a Batch in its message: a tag and a length. */
    private static final int ENVELOPE_BYTES = 16;

    private final ServerCallStreamObserver<ProduceStreamResponse> call;
    private final RecordProducer producer;
    private final GrpcLimits limits;
    private final StreamWindow window;
    private final SynchronizationContext turn = new SynchronizationContext((thread, bug) -> fail(bug));
    private final Queue<PendingBatch> pending = new ArrayDeque<>();
    private @Nullable ProduceSettings settings;
    private long lastSequence;
    private int recordsPending;
    private boolean paused;
    private boolean halfClosed;
    private boolean stopping;
    private boolean ended;

    ProduceStreamCall(
            ServerCallStreamObserver<ProduceStreamResponse> call, RecordProducer producer, GrpcLimits limits) {
        this.call = call;
        this.producer = producer;
        this.limits = limits;
        this.window = new StreamWindow(limits.streamBatchesMax(), limits.streamBytesMax());
    }

    /** A batch that has not been acknowledged to the client. */
    private record PendingBatch(
            long sequence, int size, int records, CompletableFuture<List<Outcome<Produced>>> outcomes) {}

    ProduceStreamCall begin(OpenCalls calls) {
        call.disableAutoRequest();
        call.setOnReadyHandler(() -> turn.execute(this::acknowledge));
        calls.opened(call, () -> turn.execute(this::abandon), () -> turn.execute(this::stop));
        call.request(1);
        return this;
    }

    @Override
    public void onNext(ProduceStreamRequest request) {
        turn.execute(() -> receive(request));
    }

    @Override
    public void onCompleted() {
        turn.execute(() -> {
            halfClosed = true;
            acknowledge();
        });
    }

    @Override
    public void onError(Throwable cancelled) {
        turn.execute(this::abandon);
    }

    private void receive(ProduceStreamRequest request) {
        if (ended || stopping) {
            return;
        }
        Optional<Refusal> problem = switch (request.getMessageCase()) {
            case OPEN -> open(request.getOpen());
            case BATCH -> take(request.getBatch());
            case MESSAGE_NOT_SET -> invalid("A message of the stream is neither open nor batch.");
        };
        problem.ifPresentOrElse(this::breakOff, this::requestNext);
    }

    private Optional<Refusal> open(ProduceStreamRequest.Open open) {
        if (settings != null) {
            return invalid("The stream is open already.");
        }
        long resumed = open.getResumeAfterSequence();
        if (resumed < 0 || (resumed > 0 && open.getProducerId().isEmpty())) {
            return invalid(
                    "A resume_after_sequence of " + resumed + " means nothing without a producer_id or below 0.");
        }
        return switch (ProduceSettings.of(
                        open.getTopic(), open.getAcks(), open.getCompression(), limits.produceTimeout())
                .flatMap(wanted -> wanted.storedOnce("producer_id", open.getProducerId()))) {
            case Outcome.Refused<ProduceSettings>(Refusal refusal) -> Optional.of(refusal);
            case Outcome.Done<ProduceSettings>(ProduceSettings wanted) -> {
                settings = wanted;
                lastSequence = resumed;
                call.onNext(opened(open.getProducerId()));
                yield Optional.empty();
            }
        };
    }

    private Optional<Refusal> take(ProduceStreamRequest.Batch batch) {
        ProduceSettings open = settings;
        if (open == null) {
            return invalid("The first message of the stream must be open.");
        }
        if (batch.getSequence() != lastSequence + 1) {
            return invalid("Batch " + batch.getSequence() + " came where batch " + (lastSequence + 1) + " was due.");
        }
        if (batch.getRecordsCount() == 0) {
            return invalid("Batch " + batch.getSequence() + " has no records.");
        }
        int size = batch.getSerializedSize();
        if (!window.hasRoomFor(size)) {
            return Optional.of(new Refusal.Overloaded(
                    "Batch " + batch.getSequence() + " of " + size + " bytes overruns the credit of "
                            + window.batchesMax() + " batches and " + window.bytesMax() + " bytes on their way.",
                    0));
        }
        lastSequence++;
        window.take(size);
        recordsPending += batch.getRecordsCount();
        CompletableFuture<List<Outcome<Produced>>> outcomes = append(open, batch);
        pending.add(new PendingBatch(batch.getSequence(), size, batch.getRecordsCount(), outcomes));
        var _ = outcomes.whenComplete((done, bug) -> turn.execute(() -> settled(bug)));
        return Optional.empty();
    }

    private CompletableFuture<List<Outcome<Produced>>> append(ProduceSettings open, ProduceStreamRequest.Batch batch) {
        return IncomingRecords.problemOf(batch.getRecordsList())
                .map(problem -> CompletableFuture.completedFuture(
                        Collections.nCopies(batch.getRecordsCount(), Outcome.<Produced>refused(problem))))
                .orElseGet(() -> producer.produce(
                        open.topic(),
                        IncomingRecords.of(batch.getRecordsList()),
                        open.options().ofPart(batch.getSequence())));
    }

    private void requestNext() {
        paused = recordsPending > limits.streamRecordsMax();
        if (!paused) {
            call.request(1);
        }
    }

    private void settled(@Nullable Throwable bug) {
        if (bug == null) {
            acknowledge();
        } else {
            fail(bug);
        }
    }

    /** Sends what is due in the order of the batches, as far as the client reads. */
    private void acknowledge() {
        for (PendingBatch head = pending.peek(); head != null && isDue(head); head = pending.peek()) {
            pending.remove();
            window.giveBack(head.size());
            recordsPending -= head.records();
            if (!ended) {
                call.onNext(acknowledgement(head));
            }
        }
        if (paused && !ended && !stopping) {
            requestNext();
        }
        if (halfClosed && pending.isEmpty() && !ended) {
            ended = true;
            call.onCompleted();
        } else if (stopping && pending.isEmpty() && !ended) {
            ended = true;
            call.onError(RefusalStatus.of(OpenCalls.STOPPING));
        }
    }

    private boolean isDue(PendingBatch batch) {
        return batch.outcomes().isDone() && (ended || call.isReady());
    }

    /** Takes nothing more, tells what became of all that was taken, and then says why it ends. */
    private void stop() {
        stopping = true;
        acknowledge();
    }

    private void abandon() {
        ended = true;
        acknowledge();
    }

    private void breakOff(Refusal refusal) {
        call.onError(RefusalStatus.of(refusal));
        abandon();
    }

    private void fail(Throwable bug) {
        LOG.error("A ProduceStream call failed", bug);
        if (!ended) {
            call.onError(RefusalStatus.ofBug());
        }
        abandon();
    }

    private ProduceStreamResponse opened(String producerId) {
        return ProduceStreamResponse.newBuilder()
                .setOpened(ProduceStreamResponse.Opened.newBuilder()
                        .setProducerId(producerId)
                        .setMaxBatchBytes(limits.messageBytesMax() - ENVELOPE_BYTES)
                        .setCredit(ProduceStreamResponse.Credit.newBuilder()
                                .setBatches(window.batchesMax())
                                .setBytes(window.bytesMax())))
                .build();
    }

    private static ProduceStreamResponse acknowledgement(PendingBatch batch) {
        return ProduceStreamResponse.newBuilder()
                .setAck(ProduceStreamResponse.Ack.newBuilder()
                        .setSequence(batch.sequence())
                        .addAllResults(ProduceResults.of(batch.outcomes().join())))
                .build();
    }

    private static Optional<Refusal> invalid(String message) {
        return Optional.of(new Refusal.InvalidRequest(message));
    }
}
