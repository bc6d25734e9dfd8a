package io.millrace.rpc.server;

import com.google.protobuf.MessageLite;
import io.millrace.rpc.wire.MalformedMessageException;
import java.util.concurrent.CompletableFuture;

/**
 * What a method does.
 *
 * @param <Q> its request
 * @param <A> its answer
 */
@FunctionalInterface
interface Answering<Q extends MessageLite, A extends MessageLite> {
    /** Answers on any thread; exceptionally with a StatusRuntimeException to end the call with that status. */
    CompletableFuture<A> answer(Q request, Caller caller) throws MalformedMessageException;

    /** The call that is answered. */
    interface Caller {
        /** Cancels the work when nobody waits for its result any more. */
        void cancelsWithMe(CompletableFuture<?> work);

        /** Completes when there is room in memory for an answer of that size; it is given back when the answer is sent. */
        CompletableFuture<Void> roomFor(long answerBytes);
    }
}
