package io.millrace.gateway.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The server's end of a call whose client takes nothing, so that it is never ready. Confined to the test's thread. */
final class UnreadCall<R> extends ServerCallStreamObserver<R> {
    private final List<R> sent = new ArrayList<>();
    private @Nullable Throwable failure;
    private int requested;

    List<R> sent() {
        return sent;
    }

    boolean hasFailed() {
        return failure != null;
    }

    Throwable failure() {
        return Objects.requireNonNull(failure);
    }

    /** Messages that were asked for. */
    int requested() {
        return requested;
    }

    @Override
    public boolean isReady() {
        return false;
    }

    @Override
    public void request(int count) {
        requested += count;
    }

    @Override
    public void onNext(R message) {
        sent.add(message);
    }

    @Override
    public void onError(Throwable reason) {
        failure = reason;
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
