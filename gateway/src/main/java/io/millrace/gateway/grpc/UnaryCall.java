package io.millrace.gateway.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.millrace.core.api.Outcome;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a call its one answer when its work is done. When the client cancels or its deadline passes, the work is withdrawn. */
final class UnaryCall {
    private static final Logger LOG = LoggerFactory.getLogger(UnaryCall.class);

    private UnaryCall() {}

    /** Starts the work on the caller's thread; makes the response and sends it on the thread that completes the work. */
    static <T, R> void answer(
            StreamObserver<R> observer,
            Supplier<CompletableFuture<Outcome<T>>> work,
            Function<? super T, ? extends R> response) {
        ServerCallStreamObserver<R> call = (ServerCallStreamObserver<R>) observer;
        CompletableFuture<Outcome<T>> outcome = started(work);
        call.setOnCancelHandler(() -> outcome.cancel(false));
        var _ = outcome.thenApply(done -> done.<R>map(response))
                .whenComplete((answer, bug) -> finish(call, answer, bug));
    }

    /** Answers what needs no waiting. */
    static <R> void answerNow(StreamObserver<R> observer, Supplier<Outcome<R>> work) {
        answer(observer, () -> CompletableFuture.completedFuture(work.get()), Function.identity());
    }

    private static <T> CompletableFuture<Outcome<T>> started(Supplier<CompletableFuture<Outcome<T>>> work) {
        try {
            return work.get();
        } catch (RuntimeException bug) {
            return CompletableFuture.failedFuture(bug);
        }
    }

    private static <R> void finish(
            ServerCallStreamObserver<R> call, @Nullable Outcome<R> answer, @Nullable Throwable bug) {
        switch (answer) {
            case Outcome.Done<R>(R response) -> {
                call.onNext(response);
                call.onCompleted();
            }
            case Outcome.Refused<R>(var refusal) -> call.onError(RefusalStatus.of(refusal));
            case null -> fail(call, bug);
        }
    }

    private static void fail(ServerCallStreamObserver<?> call, @Nullable Throwable bug) {
        Throwable cause = bug instanceof CompletionException && bug.getCause() != null ? bug.getCause() : bug;
        if (!(cause instanceof CancellationException)) {
            LOG.error("A gRPC call failed", cause);
        }
        call.onError(RefusalStatus.ofBug());
    }
}
