package io.millrace.gateway.kafka.handler;

import io.millrace.gateway.kafka.network.Answer;
import io.millrace.gateway.kafka.network.Client;
import io.millrace.gateway.kafka.wire.MalformedRequestException;
import io.millrace.gateway.kafka.wire.Reply;
import io.millrace.gateway.kafka.wire.ReplyWriter;
import io.millrace.gateway.kafka.wire.RequestHead;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.ApiMessage;

/** One request and the way back. It is replied to once. */
public final class Call {
    private final RequestHead head;
    private final Client client;
    private final Answer answer;
    private final CallObserver observer;
    private final long startNanos;

    Call(RequestHead head, Client client, Answer answer, CallObserver observer, long startNanos) {
        this.head = head;
        this.client = client;
        this.answer = answer;
        this.observer = observer;
        this.startNanos = startNanos;
    }

    public RequestHead head() {
        return head;
    }

    public short version() {
        return head.version();
    }

    public Client client() {
        return client;
    }

    /** Replies with a response of the request's version. */
    public void reply(ApiMessage response) {
        reply(response, head.version());
    }

    /** Replies with a response of another version, as only ApiVersions may. */
    void reply(ApiMessage response, short version) {
        send(ReplyWriter.write(head, version, response));
    }

    /** Replies to a client that wants no response. */
    void replyNothing() {
        send(new Reply.Nothing());
    }

    /** Ends the connection, where the protocol has no other way to tell of a failure. */
    void hangUp(String reason) {
        send(new Reply.Hangup(reason));
    }

    /**
     * Replies when the work is done. When the connection ends before, the work is cancelled; when it fails, that is a bug, and
     * ends the connection.
     */
    public <T> void replyWhen(CompletableFuture<T> work, Consumer<T> reply) {
        if (!work.isDone()) {
            answer.whenAbandoned(() -> work.cancel(false));
        }
        replyOnceDone(work, reply);
    }

    /** The same for work that goes on when the connection has ended: a client that waits for no response leaves at once. */
    <T> void replyOnceDone(CompletableFuture<T> work, Consumer<T> reply) {
        var _ = work.whenComplete((done, failure) -> {
            if (failure == null) {
                tryTo(() -> reply.accept(done));
            } else if (!work.isCancelled()) {
                fail(failure);
            }
        });
    }

    /** Does something that ends in a reply, in a way that always ends in one, unless the request is malformed. */
    void tryTo(Runnable work) {
        try {
            work.run();
        } catch (MalformedRequestException malformed) {
            throw malformed;
        } catch (RuntimeException bug) {
            fail(bug);
        }
    }

    private void fail(Throwable bug) {
        observer.failed(head, client, bug);
        hangUp("a bug");
    }

    /** Replies with a frame that was written already. */
    void send(Reply reply) {
        observer.replied(head, client, reply, startNanos);
        answer.reply(reply);
    }
}
