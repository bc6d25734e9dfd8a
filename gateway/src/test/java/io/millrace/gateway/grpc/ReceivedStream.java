package io.millrace.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What a stream brings, to be taken one by one. */
final class ReceivedStream<R> implements ClientResponseObserver<Object, R> {
    private static final int PATIENCE_SECONDS = 20;

    private final BlockingQueue<R> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<@Nullable Throwable> end = new CompletableFuture<>();
    private final boolean reads;
    private @Nullable ClientCallStreamObserver<Object> call;

    ReceivedStream() {
        this(true);
    }

    private ReceivedStream(boolean reads) {
        this.reads = reads;
    }

    /** A client that never reads. */
    static <R> ReceivedStream<R> unread() {
        return new ReceivedStream<>(false);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Object> started) {
        call = started;
        if (!reads) {
            started.disableAutoRequestWithInitial(0);
        }
    }

    @Override
    public void onNext(R message) {
        messages.add(message);
    }

    @Override
    public void onError(Throwable failure) {
        end.complete(failure);
    }

    @Override
    public void onCompleted() {
        end.complete(null);
    }

    R next() throws InterruptedException {
        R message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(message).as("a message; the end is %s", end).isNotNull();
        return message;
    }

    /** Messages that have come and were not taken. */
    int waiting() {
        return messages.size();
    }

    /** Waits for the end: null, or how it failed. */
    @Nullable
    Throwable end() throws InterruptedException, ExecutionException, TimeoutException {
        return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    boolean hasEnded() {
        return end.isDone();
    }

    /** Ends the refusal to read. */
    void readAll() {
        call().request(Integer.MAX_VALUE);
    }

    void cancel() {
        call().cancel("the test is done", null);
    }

    private ClientCallStreamObserver<Object> call() {
        return Objects.requireNonNull(call);
    }
}
