package io.millrace.rpc.client;

import com.google.protobuf.MessageLite;
import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.millrace.core.limits.InFlightBytes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The connection to one broker: made when it is first needed, made again as soon as the broker can be reached again. While it
 * cannot, calls fail at once. Safe for all threads.
 */
final class Connection implements AutoCloseable {
    /** Deadlines beyond this mean the same. */
    private static final Duration PATIENCE_MAX = Duration.ofDays(1);

    private final ManagedChannel channel;
    private final ClientLimits limits;
    private final ClientRoom room;
    private final InFlightBytes answers;
    private final InFlightBytes requests;

    /**
     * A connection that is not made yet.
     *
     * @param answers where the answers find room, each before it is taken in
     */
    Connection(ManagedChannel channel, ClientLimits limits, ClientRoom room, InFlightBytes answers) {
        this.channel = channel;
        this.limits = limits;
        this.room = room;
        this.answers = answers;
        this.requests = new InFlightBytes(room.loop(), limits.connectionBytesInFlightMax());
        watch();
    }

    /** Whether requests can be sent at once. */
    boolean isOpen() {
        return channel.getState(false) == ConnectivityState.READY;
    }

    /** Bytes of requests that are not yet answered. */
    long requestBytes() {
        return requests.used();
    }

    /**
     * Sends the request once there is room for it and completes with the bytes of the answer, or else with a
     * {@link CallFailedException}. Cancelling the future withdraws the request.
     */
    <Q extends MessageLite> CompletableFuture<byte[]> ask(
            MethodDescriptor<Q, byte[]> method, Q request, Duration patience) {
        CompletableFuture<byte[]> result = new CompletableFuture<>();
        int bytes = request.getSerializedSize();
        if (bytes > Math.min(requests.limit(), room.requests().limit())) {
            return CompletableFuture.failedFuture(notSent(
                    Status.OUT_OF_RANGE, "The request has " + bytes + " bytes, more than may be under way at once."));
        }
        enter(
                requests,
                bytes,
                result,
                () -> enter(room.requests(), bytes, result, () -> {
                    if (!result.isDone()) {
                        send(method, request, bytes, patience, result);
                    }
                }));
        return result;
    }

    /** Takes room until the result is there. */
    private void enter(InFlightBytes line, int bytes, CompletableFuture<byte[]> result, Runnable admitted) {
        if (bytes == 0) {
            admitted.run();
            return;
        }
        line.enter(
                bytes,
                limits.patience().room(),
                () -> {
                    var _ = result.whenComplete((_, _) -> line.leave(bytes));
                    admitted.run();
                },
                () -> result.completeExceptionally(notSent(
                        Status.RESOURCE_EXHAUSTED,
                        "As many bytes of requests as may be (" + line.limit() + ") are under way to brokers.")));
    }

    private <Q> void send(
            MethodDescriptor<Q, byte[]> method,
            Q request,
            int bytes,
            Duration patience,
            CompletableFuture<byte[]> result) {
        SentMark sent = new SentMark();
        Duration bounded = patience.compareTo(PATIENCE_MAX) < 0 ? patience : PATIENCE_MAX;
        CallOptions options = CallOptions.DEFAULT
                .withDeadlineAfter(bounded.toNanos(), TimeUnit.NANOSECONDS)
                .withStreamTracerFactory(sent);
        new OutgoingCall<>(
                        channel.newCall(method, options),
                        sent,
                        answers,
                        limits.patience().room(),
                        result)
                .start(request, bytes);
    }

    private static CallFailedException notSent(Status status, String message) {
        return new CallFailedException(status.withDescription(message), null, false);
    }

    /** Tries to connect again and again at a steady pace: gRPC's own pauses grow to minutes. */
    private void watch() {
        ConnectivityState state = channel.getState(false);
        switch (state) {
            case SHUTDOWN -> {}
            case TRANSIENT_FAILURE ->
                room.loop().schedule(limits.patience().reconnect(), () -> {
                    channel.resetConnectBackoff();
                    watch();
                });
            default -> channel.notifyWhenStateChanged(state, this::watch);
        }
    }

    /** Calls that are under way end by themselves. */
    @Override
    public void close() {
        channel.shutdown();
    }
}
