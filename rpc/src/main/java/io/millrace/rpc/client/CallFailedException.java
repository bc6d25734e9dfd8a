package io.millrace.rpc.client;

import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** A call that brought no answer. Never leaves this package: callers of brokers get refusals. */
final class CallFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Status status;
    private final transient @Nullable Metadata trailers;
    private final boolean sent;

    /**
     * A failure.
     *
     * @param sent whether any of the request may have reached the broker
     */
    CallFailedException(Status status, @Nullable Metadata trailers, boolean sent) {
        super(status.toString(), status.getCause(), false, false);
        this.status = status;
        this.trailers = trailers;
        this.sent = sent;
    }

    Status status() {
        return status;
    }

    @Nullable
    Metadata trailers() {
        return trailers;
    }

    boolean sent() {
        return sent;
    }
}
