package io.millrace.gateway.kafka.handler;

import io.millrace.core.environment.Clock;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.gateway.kafka.network.Answer;
import io.millrace.gateway.kafka.network.Client;
import io.millrace.gateway.kafka.wire.MalformedRequestException;
import io.millrace.gateway.kafka.wire.Reply;
import io.millrace.gateway.kafka.wire.ReplyWriter;
import io.millrace.gateway.kafka.wire.RequestHead;
import io.millrace.gateway.quota.ClientQuotas;
import io.millrace.gateway.quota.MeteredQuota;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * One request and the way back. It is replied to once. What it does is charged to its client's quotas: the longest time that any of
 * them makes the client wait is told in the response, and the connection is not read for so long.
 */
public final class Call {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final RequestHead head;
    private final Client client;
    private final Answer answer;
    private final CallObserver observer;
    private final long startNanos;
    private final ClientQuotas quotas;
    private final Clock clock;
    private long throttleNanos;
    private QuotaKind throttledBy = QuotaKind.REQUEST_PERCENTAGE;

    Call(
            RequestHead head,
            Client client,
            Answer answer,
            ClientQuotas quotas,
            CallObserver observer,
            Clock clock,
            long startNanos) {
        this.quotas = quotas;
        this.clock = clock;
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

    /** How many bytes of records the response may bring of those that it could. Called once at most. */
    int expectRecords(int bytesMax) {
        return answer.expect(bytesMax);
    }

    /** The most of that kind that can pass at once under its quota; what is more never would. */
    double amountAtOnceMax(QuotaKind kind) {
        return quotas.amountAtOnceMax(kind);
    }

    /** Charges what is done whatever the quota says. */
    public void charge(QuotaKind kind, double amount) {
        MeteredQuota quota = quotas.find(kind);
        if (quota != null) {
            throttle(kind, quota.record(amount, clock.nanoTime()));
        }
    }

    /** Charges what may be done, or says that it may not. */
    public boolean tryCharge(QuotaKind kind, double amount) {
        MeteredQuota quota = quotas.find(kind);
        long nanos = quota == null ? 0 : quota.tryRecord(amount, clock.nanoTime());
        throttle(kind, nanos);
        return nanos == 0;
    }

    /** Charges a difference to what was charged, which nobody waits for by himself. */
    public void correct(QuotaKind kind, double difference) {
        MeteredQuota quota = quotas.find(kind);
        if (quota != null && difference != 0) {
            quota.record(difference, clock.nanoTime());
        }
    }

    private void throttle(QuotaKind kind, long nanos) {
        if (nanos > throttleNanos) {
            throttleNanos = nanos;
            throttledBy = kind;
        }
    }

    /** For how long the client has to wait when it is replied to now. */
    int throttleMillis() {
        MeteredQuota requests = quotas.find(QuotaKind.REQUEST_PERCENTAGE);
        if (requests != null) {
            long nanos = requests.throttleNanos(clock.nanoTime());
            throttle(QuotaKind.REQUEST_PERCENTAGE, Math.min(nanos, quotas.requestThrottleNanosMax()));
        }
        return (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(throttleNanos, NANOS_PER_MILLI));
    }

    /** Replies with a response of the request's version. */
    public void reply(ApiMessage response) {
        reply(response, head.version());
    }

    /** Replies with a response of another version, as only ApiVersions may. */
    void reply(ApiMessage response, short version) {
        int throttleMillis = throttleMillis();
        if (throttleMillis > 0) {
            ThrottleTime.set(response, throttleMillis);
        }
        send(ReplyWriter.write(head, version, response), throttleMillis);
    }

    /** Replies to a client that wants no response. */
    void replyNothing() {
        send(new Reply.Nothing(), throttleMillis());
    }

    /** Ends the connection, where the protocol has no other way to tell of a failure. */
    void hangUp(String reason) {
        send(new Reply.Hangup(reason), 0);
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

    /** Replies with a frame that was written already, and tells of that time. */
    void send(Reply reply, int throttleMillis) {
        observer.replied(head, client, reply, startNanos);
        if (throttleMillis > 0) {
            observer.throttled(throttledBy, throttleMillis);
        }
        answer.reply(reply, throttleMillis);
    }
}
