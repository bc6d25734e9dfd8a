package io.millrace.rpc.server;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.limits.InFlightBytes;
import io.millrace.rpc.wire.Hop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The memory of this process that requests from other processes and the answers to them may take, over all connections. Safe
 * for all threads.
 */
public final class ServerRoom {
    /** When to try again: about as long as a commit of what is under way takes. */
    private static final String RETRY_AFTER_MILLIS = "100";

    private final int maxMessageBytes;
    private final Duration answerWaitMax;
    private final InFlightBytes requests;
    private final InFlightBytes answers;

    /** Empty room; the loop keeps the line of answers that wait. */
    public ServerRoom(ServerLimits limits, EventLoop loop) {
        this.maxMessageBytes = limits.maxMessageBytes();
        this.answerWaitMax = limits.answerWaitMax();
        this.requests = new InFlightBytes(loop, limits.requestBytesInFlightMax());
        this.answers = new InFlightBytes(loop, limits.answerBytesInFlightMax());
    }

    /** Bytes of requests that are not yet answered. */
    public long requestBytes() {
        return requests.used();
    }

    /** Bytes of records that are read and not yet sent. */
    public long answerBytes() {
        return answers.used();
    }

    int maxMessageBytes() {
        return maxMessageBytes;
    }

    /** Takes room for a request if there is any. */
    boolean admit(long bytes) {
        return bytes <= requests.limit() && requests.enterNow(bytes);
    }

    void answered(long requestBytes) {
        requests.leave(requestBytes);
    }

    /** What an answer takes at most: one that is larger than all the room there is takes all of it. */
    long answerShare(long bytes) {
        return Math.min(bytes, answers.limit());
    }

    /** Completes when there is room for the share of an answer, exceptionally when none came free in time. */
    CompletableFuture<Void> enter(long share) {
        CompletableFuture<Void> entered = new CompletableFuture<>();
        answers.enter(
                share,
                answerWaitMax,
                () -> entered.complete(null),
                () -> entered.completeExceptionally(
                        overloaded("As many bytes of records as may be (" + answers.limit() + ") are being read.")));
        return entered;
    }

    void sent(long share) {
        answers.leave(share);
    }

    StatusRuntimeException requestsOverloaded() {
        return overloaded("As many bytes of requests as may be (" + requests.limit() + ") are under way.");
    }

    private static StatusRuntimeException overloaded(String message) {
        Metadata trailers = new Metadata();
        trailers.put(Hop.RETRY_AFTER_MILLIS, RETRY_AFTER_MILLIS);
        return new StatusRuntimeException(Status.RESOURCE_EXHAUSTED.withDescription(message), trailers);
    }
}
