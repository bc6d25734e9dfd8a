package io.millrace.rpc.server;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.millrace.rpc.wire.Hop;
import io.millrace.rpc.wire.MalformedMessageException;
import io.millrace.rpc.wire.WireBytes;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call from its admission on. It gives back the room of its request when it is answered, and that of its answer when
 * that has been sent or nobody wants it any more.
 */
final class IncomingCall<Q extends MessageLite, A extends MessageLite> extends ServerCall.Listener<byte[]>
        implements Answering.Caller {
    private static final Logger LOG = LoggerFactory.getLogger(IncomingCall.class);

    private final ServerCall<byte[], A> call;
    private final Parser<Q> parser;
    private final Answering<Q, A> answering;
    private final ServerRoom room;
    private final long declaredBytes;
    private final AtomicBoolean holdsRequest = new AtomicBoolean(true);
    private final AtomicLong answerBytes = new AtomicLong();
    private volatile boolean ended;
    private volatile @Nullable CompletableFuture<?> work;
    /** Confined to the call's own thread. */
    private boolean asked;

    IncomingCall(
            ServerCall<byte[], A> call,
            Parser<Q> parser,
            Answering<Q, A> answering,
            ServerRoom room,
            long declaredBytes) {
        this.call = call;
        this.parser = parser;
        this.answering = answering;
        this.room = room;
        this.declaredBytes = declaredBytes;
    }

    @Override
    public void onMessage(byte[] message) {
        asked = true;
        var _ = answer(message).whenComplete(this::finish);
    }

    @Override
    public void onHalfClose() {
        if (!asked) {
            finish(null, status(Status.INVALID_ARGUMENT, "The call ended without a request."));
        }
    }

    @Override
    public void onCancel() {
        end();
        CompletableFuture<?> present = work;
        if (present != null) {
            present.cancel(false);
        }
    }

    @Override
    public void onComplete() {
        end();
    }

    private void end() {
        ended = true;
        giveAnswerBack();
        if (!asked) {
            giveRequestBack();
        }
    }

    private CompletableFuture<A> answer(byte[] message) {
        if (message.length > declaredBytes) {
            return CompletableFuture.failedFuture(status(
                    Status.INVALID_ARGUMENT,
                    "The request has " + message.length + " bytes, and said that it had " + declaredBytes + "."));
        }
        try {
            return answering.answer(WireBytes.parse(parser, message), this);
        } catch (MalformedMessageException malformed) {
            return CompletableFuture.failedFuture(status(Status.INVALID_ARGUMENT, malformed.problem()));
        } catch (RuntimeException bug) {
            return CompletableFuture.failedFuture(bug);
        }
    }

    @Override
    public void cancelsWithMe(CompletableFuture<?> started) {
        work = started;
        if (ended) {
            started.cancel(false);
        }
    }

    @Override
    public CompletableFuture<Void> roomFor(long bytes) {
        long share = room.answerShare(bytes);
        return share == 0
                ? CompletableFuture.completedFuture(null)
                : room.enter(share).thenRun(() -> {
                    answerBytes.addAndGet(share);
                    if (ended) {
                        giveAnswerBack();
                        throw new CancellationException("Nobody waits for the answer any more.");
                    }
                });
    }

    private void finish(@Nullable A answer, @Nullable Throwable failure) {
        giveRequestBack();
        if (call.isCancelled()) {
            return;
        }
        if (answer == null) {
            StatusRuntimeException why = statusOf(failure);
            Metadata trailers = why.getTrailers();
            call.close(why.getStatus(), trailers == null ? new Metadata() : trailers);
            return;
        }
        Metadata headers = new Metadata();
        headers.put(Hop.ANSWER_BYTES, Integer.toString(answer.getSerializedSize()));
        call.sendHeaders(headers);
        call.sendMessage(answer);
        call.close(Status.OK, new Metadata());
    }

    private StatusRuntimeException statusOf(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return switch (cause) {
            case StatusRuntimeException status -> status;
            case CancellationException cancelled -> status(Status.CANCELLED, "The request was withdrawn.");
            case null, default -> {
                LOG.error("A bug in {}", call.getMethodDescriptor().getFullMethodName(), failure);
                yield status(Status.INTERNAL, "A bug in this process; its log has more.");
            }
        };
    }

    private static StatusRuntimeException status(Status status, String message) {
        return new StatusRuntimeException(status.withDescription(message));
    }

    private void giveRequestBack() {
        if (holdsRequest.getAndSet(false)) {
            room.answered(declaredBytes);
        }
    }

    private void giveAnswerBack() {
        long share = answerBytes.getAndSet(0);
        if (share > 0) {
            room.sent(share);
        }
    }
}
