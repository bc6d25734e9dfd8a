package io.millrace.gateway.grpc;

import io.grpc.SynchronizationContext;
import io.grpc.stub.ServerCallStreamObserver;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.read.Cursor;
import io.millrace.gateway.read.Position;
import io.millrace.gateway.read.ReadPage;
import io.millrace.gateway.read.RecordReader;
import io.millrace.gateway.read.StartPoint;
import io.millrace.v1.ReadRequest;
import io.millrace.v1.ReadResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Read. It asks for the next page only while the client takes responses, so a client that never reads holds one page.
 * Answers, readiness and the end of the call come from several threads and are taken in turn: all state is confined to
 * {@link #turn}.
 */
final class ReadCall {
    private static final Logger LOG = LoggerFactory.getLogger(ReadCall.class);

    /** A page becomes one response; together these keep it below the 4 MiB that gRPC clients take by default. */
    private static final int PAGE_RECORDS_MAX = 5_000;

    private static final long PAGE_BYTES_MAX = 1024 * 1024;

    /** How long one page may wait for a record before the next is asked for. */
    private static final Duration PAGE_WAIT = Duration.ofSeconds(30);

    private final ServerCallStreamObserver<ReadResponse> call;
    private final RecordReader reader;
    private final SynchronizationContext turn = new SynchronizationContext((thread, bug) -> fail(bug));
    private @Nullable Reading reading;
    private @Nullable CompletableFuture<?> awaited;
    private boolean ended;

    ReadCall(ServerCallStreamObserver<ReadResponse> call, RecordReader reader) {
        this.call = call;
        this.reader = reader;
    }

    void begin(ReadRequest request, OpenCalls calls) {
        call.setOnReadyHandler(() -> turn.execute(this::readOn));
        calls.opened(call, () -> turn.execute(this::abandon), () -> turn.execute(this::stop));
        turn.execute(() -> {
            if (ended) {
                return;
            }
            switch (ReadPlan.of(request)) {
                case Outcome.Done<ReadPlan>(ReadPlan plan) ->
                    await(plan.locate(reader), start -> locateEnd(plan, start));
                case Outcome.Refused<ReadPlan>(Refusal refusal) -> refuse(refusal);
            }
        });
    }

    private void locateEnd(ReadPlan plan, Cursor start) {
        if (plan.untilEnd()) {
            List<TopicPartition> partitions =
                    start.positions().stream().map(Position::partition).toList();
            await(
                    reader.locate(partitions, new StartPoint.Latest()),
                    end -> startReading(new Reading(plan, start, Optional.of(end))));
        } else {
            startReading(new Reading(plan, start, Optional.empty()));
        }
    }

    private void startReading(Reading from) {
        reading = from;
        call.onNext(from.begun());
        readOn();
    }

    private void readOn() {
        if (reading != null && awaited == null && !ended && call.isReady()) {
            Reading now = reading;
            await(reader.read(now.nextPage(PAGE_RECORDS_MAX, PAGE_BYTES_MAX, PAGE_WAIT)), page -> deliver(now, page));
        }
    }

    private void deliver(Reading now, ReadPage page) {
        now.taken(page).ifPresent(call::onNext);
        if (now.isOver()) {
            ended = true;
            call.onCompleted();
        } else {
            readOn();
        }
    }

    private <T> void await(CompletableFuture<Outcome<T>> answer, Consumer<T> next) {
        awaited = answer;
        var _ = answer.whenComplete((outcome, bug) -> turn.execute(() -> {
            awaited = null;
            if (!ended) {
                switch (outcome) {
                    case Outcome.Done<T>(T value) -> next.accept(value);
                    case Outcome.Refused<T>(Refusal refusal) -> refuse(refusal);
                    case null -> fail(bug);
                }
            }
        }));
    }

    private void abandon() {
        ended = true;
        if (awaited != null) {
            awaited.cancel(false);
        }
    }

    private void stop() {
        if (!ended) {
            abandon();
            call.onError(RefusalStatus.of(OpenCalls.STOPPING));
        }
    }

    private void refuse(Refusal refusal) {
        ended = true;
        call.onError(RefusalStatus.of(refusal));
    }

    private void fail(@Nullable Throwable bug) {
        Throwable cause = bug instanceof CompletionException && bug.getCause() != null ? bug.getCause() : bug;
        if (!(cause instanceof CancellationException)) {
            LOG.error("A Read call failed", cause);
        }
        if (!ended) {
            ended = true;
            call.onError(RefusalStatus.ofBug());
        }
    }
}
