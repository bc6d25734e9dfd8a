package io.millrace.gateway.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The server's end of a call whose client takes nothing, so that it is never ready. Whichever thread has the call's turn
 * answers, and that need not be the one that sent the last message.
 */
final class UnreadCall<R> extends ServerCallStreamObserver<R> {
    private final List<R> sent = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final AtomicInteger requested = new AtomicInteger();

    List<R> sent() {
        return sent;
    }

    boolean hasFailed() {
        return failure.isDone();
    }

    /** Waits for the call to fail. */
    Throwable failure() {
        return failure.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** Messages that were asked for. */
    int requested() {
        return requested.get();
    }

    @Override
    public boolean isReady() {
        return false;
    }

    @Override
    public void request(int count) {
        requested.addAndGet(count);
    }

    @Override
    public void onNext(R message) {
        sent.add(message);
    }

    @Override
    public void onError(Throwable reason) {
        failure.complete(reason);
    }

    @Override
    public void onCompleted() {
        throw new AssertionError("A call whose answers were not taken cannot be complete");
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {}

    @Override
    public void setOnCancelHandler(Runnable handler) {}

    @Override
    public void setOnCloseHandler(Runnable handler) {}

    @Override
    public void setCompression(String compression) {}

    @Override
    public void disableAutoRequest() {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void setMessageCompression(boolean enable) {}
}
