package io.millrace.broker.append;

import io.millrace.broker.partitions.LocalPartition;
import io.millrace.broker.partitions.WriteGate;
import io.millrace.broker.replication.leader.AppendCommand;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.Clock;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.BatchCheck;
import io.millrace.core.records.BatchProblem;
import io.millrace.core.records.RecordBatch;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The way of an append into the broker. On the caller's thread: may this broker write, is there room, is each batch
 * sound? Then each part goes to its partition's event loop, which is the only change of thread. Safe for all threads.
 */
public final class Appends {
    private static final long RETRY_AFTER_MILLIS = 100;

    /** Longer waits are cut: a deadline in years would overflow the clock. */
    private static final Duration TIMEOUT_MAX = Duration.ofHours(1);

    private final Function<TopicPartition, Outcome<LocalPartition>> lookup;
    private final WriteGate gate;
    private final BytesInFlight inFlight;
    private final AppendsUnderWay underWay = new AppendsUnderWay();
    private final long bytesInFlightMax;
    private final Clock clock;
    private final AppendObserver observer;

    /**
     * The way in.
     *
     * @param bytesInFlightMax how many bytes of batches the broker holds at a time that are not yet answered
     */
    public Appends(
            Function<TopicPartition, Outcome<LocalPartition>> lookup,
            WriteGate gate,
            long bytesInFlightMax,
            Clock clock,
            AppendObserver observer) {
        this.lookup = lookup;
        this.gate = gate;
        this.inFlight = new BytesInFlight(bytesInFlightMax);
        this.bytesInFlightMax = bytesInFlightMax;
        this.clock = clock;
        this.observer = observer;
    }

    /** See {@link io.millrace.core.api.BrokerApi#append}. */
    public CompletableFuture<List<Outcome<Appended>>> append(AppendRequest request) {
        long start = clock.nanoTime();
        List<AppendRequest.Part> parts = request.parts();
        AppendGathering gathering = new AppendGathering(parts.size());
        Refusal closed = underWay.begin();
        if (closed == null) {
            closed = gate.closedBecause(start);
        }
        long deadline = start + clamp(request.timeout()).toNanos();
        for (int i = 0; i < parts.size(); i++) {
            if (closed != null) {
                gathering.refuse(i, closed);
            } else if (request.timeout().isNegative()) {
                gathering.refuse(i, new Refusal.InvalidRequest("The timeout of an append is 0 or more."));
            } else {
                append(request, parts.get(i), deadline, gathering.part(i));
            }
        }
        return gathering.answer().whenComplete((outcomes, _) -> {
            underWay.end();
            if (outcomes != null) {
                observer.appendAnswered(request, outcomes, Duration.ofNanos(clock.nanoTime() - start));
            }
        });
    }

    /** Refuses whatever comes from now on; completes when all that came before has been answered. */
    public CompletableFuture<Void> drain(Refusal why) {
        return underWay.close(why);
    }

    /** Bytes of batches that are not yet answered. */
    public long bytesInFlight() {
        return inFlight.now();
    }

    private void append(
            AppendRequest request, AppendRequest.Part part, long deadline, Consumer<Outcome<Appended>> answerTo) {
        switch (lookup.apply(part.partition())) {
            case Outcome.Refused<LocalPartition>(Refusal refusal) -> answerTo.accept(Outcome.refused(refusal));
            case Outcome.Done<LocalPartition>(LocalPartition partition) -> {
                Optional<Refusal> problem = problemOf(part, partition);
                if (problem.isPresent()) {
                    answerTo.accept(Outcome.refused(problem.get()));
                } else {
                    send(request, part, deadline, answerTo, partition);
                }
            }
        }
    }

    private void send(
            AppendRequest request,
            AppendRequest.Part part,
            long deadline,
            Consumer<Outcome<Appended>> answerTo,
            LocalPartition partition) {
        int bytes = part.batch().remaining();
        if (!inFlight.tryAcquire(bytes)) {
            answerTo.accept(Outcome.refused(new Refusal.Overloaded(
                    "The broker holds as many bytes of unanswered appends as it may, " + bytesInFlightMax + ".",
                    RETRY_AFTER_MILLIS)));
            return;
        }
        partition.append(new AppendCommand(
                RecordBatch.at(part.batch()), part.expectedLeaderEpoch(), request.acks(), deadline, outcome -> {
                    inFlight.release(bytes);
                    answerTo.accept(outcome);
                }));
    }

    private static Optional<Refusal> problemOf(AppendRequest.Part part, LocalPartition partition) {
        ByteBuffer batch = part.batch();
        int limit = partition.options().maxMessageBytes();
        return BatchCheck.check(batch, limit).map(problem -> switch (problem) {
            case BatchProblem.TooLarge tooLarge ->
                new Refusal.TooLarge(
                        tooLarge.sizeBytes(),
                        tooLarge.limitBytes(),
                        "The record batch has " + tooLarge.sizeBytes() + " bytes; max.message.bytes of topic '"
                                + partition.name().topic() + "' is " + tooLarge.limitBytes() + ".");
            case BatchProblem.Corrupt corrupt -> new Refusal.CorruptBatch(corrupt.message());
            case BatchProblem.Invalid invalid -> new Refusal.InvalidBatch(invalid.message());
            case BatchProblem.UnsupportedCodec codec -> new Refusal.UnsupportedCompression(codec.message());
        });
    }

    private static Duration clamp(Duration timeout) {
        return timeout.compareTo(TIMEOUT_MAX) > 0 ? TIMEOUT_MAX : timeout;
    }
}
