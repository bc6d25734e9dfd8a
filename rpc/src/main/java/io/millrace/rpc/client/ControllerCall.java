package io.millrace.rpc.client;

import com.google.protobuf.MessageLite;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.millrace.core.api.ControllerStanding.ActiveController;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.internal.v1.NotActive;
import io.millrace.rpc.wire.MalformedMessageException;
import io.millrace.rpc.wire.Outcomes;
import io.millrace.rpc.wire.Standings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A question with one answer. It goes to the next controller that decides when it surely was not carried out by the one that
 * was asked: it was never sent, or that one stands by. Its future completes outside the client's turns.
 *
 * @param <Q> the request
 * @param <R> the response
 * @param <T> what a request that was carried out yields
 */
final class ControllerCall<Q extends MessageLite, R, T> {
    private final ClientContext context;
    private final ControllerLink link;
    private final Kind<Q, R, T> kind;
    private final Q request;
    private final long searchUntilNanos;
    private final CompletableFuture<Outcome<T>> answer = new CompletableFuture<>();

    ControllerCall(ClientContext context, ControllerLink link, Kind<Q, R, T> kind, Q request) {
        this.context = context;
        this.link = link;
        this.kind = kind;
        this.request = request;
        this.searchUntilNanos =
                System.nanoTime() + context.options().searchTimeout().toNanos();
    }

    /**
     * What all calls of a method have in common.
     *
     * @param repeatable whether doing it twice is the same as doing it once
     */
    record Kind<Q extends MessageLite, R, T>(
            MethodDescriptor<Q, R> method, Reading<R, T> reading, boolean repeatable) {}

    /** Reads responses of one type. */
    interface Reading<R, T> {
        /** Set when the controller that was asked stands by. */
        @Nullable
        NotActive notActive(R response);

        /** Any other response. */
        Outcome<T> outcome(R response) throws MalformedMessageException;
    }

    CompletableFuture<Outcome<T>> start() {
        int bytes = request.getSerializedSize();
        int bytesMax = context.options().messageBytesMax();
        if (bytes > bytesMax) {
            return CompletableFuture.completedFuture(Outcome.refused(new Refusal.TooLarge(
                    bytes,
                    bytesMax,
                    "The request to the controller has " + bytes + " bytes; at most " + bytesMax
                            + " may go there at once.")));
        }
        attempt();
        return answer;
    }

    private void attempt() {
        Duration patience = Duration.ofNanos(searchUntilNanos - System.nanoTime());
        context.execute(() -> link.use(patience, new ControllerLink.Use() {
            @Override
            public void with(ControllerConnection connection) {
                send(connection);
            }

            @Override
            public void without(Refusal refusal) {
                var _ = answer.completeAsync(() -> Outcome.refused(refusal));
            }
        }));
    }

    private void send(ControllerConnection connection) {
        SentMark sent = new SentMark();
        CallOptions options = CallOptions.DEFAULT
                .withDeadlineAfter(context.options().answerTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .withStreamTracerFactory(sent);
        ClientCalls.asyncUnaryCall(
                connection.channel().newCall(kind.method(), options), request, new Answer(connection, sent));
    }

    private void heard(ControllerConnection connection, R response) {
        try {
            NotActive notActive = kind.reading().notActive(response);
            if (notActive == null) {
                answer.complete(kind.reading().outcome(response));
            } else {
                ActiveController instead = Standings.hint(notActive).orElse(null);
                context.execute(() -> link.notActive(connection, instead));
                attempt();
            }
        } catch (MalformedMessageException e) {
            answer.complete(Outcomes.unreadable(e));
        }
    }

    private void failed(ControllerConnection connection, Status status, boolean sent) {
        boolean timeIsUp = System.nanoTime() - searchUntilNanos >= 0;
        String reason = status.getCode() + (status.getDescription() == null ? "" : ", " + status.getDescription());
        if (ControllerConnection.isBrokenBy(status)) {
            context.execute(() -> link.lost(connection, reason));
        }
        if (status.getCode() == Status.Code.UNIMPLEMENTED) {
            answer.complete(Outcome.refused(new Refusal.Unsupported("The request is unknown at " + connection + ".")));
        } else if (!sent || (kind.repeatable() && !timeIsUp)) {
            attempt();
        } else {
            answer.complete(Outcome.refused(new Refusal.TimedOut("The answer of " + connection + " was lost (" + reason
                    + "), so what was asked may have happened, or happen yet.")));
        }
    }

    /** What one controller answers. */
    private final class Answer implements StreamObserver<R> {
        private final ControllerConnection connection;
        private final SentMark sent;
        private @Nullable R response;

        Answer(ControllerConnection connection, SentMark sent) {
            this.connection = connection;
            this.sent = sent;
        }

        @Override
        public void onNext(R message) {
            response = message;
        }

        @Override
        public void onError(Throwable failure) {
            failed(connection, Status.fromThrowable(failure), sent.isSet());
        }

        @Override
        public void onCompleted() {
            R message = response;
            if (message == null) {
                failed(connection, Status.INTERNAL.withDescription("an answer without content"), true);
            } else {
                heard(connection, message);
            }
        }
    }
}
