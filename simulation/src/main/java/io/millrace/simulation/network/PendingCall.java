package io.millrace.simulation.network;

import io.millrace.core.environment.EventLoop;
import io.millrace.simulation.schedule.Effect;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A call under way, from the side of the one who asks. Everything happens on the network loops of the two processes. */
final class PendingCall<S, A> {
    private final Call<S, A> call;
    private final CompletableFuture<A> answer = new CompletableFuture<>();
    private @Nullable End end;
    private @Nullable CompletableFuture<A> asked; // at the other process
    private long registration;

    PendingCall(Call<S, A> call, EventLoop network, Duration patience) {
        this.call = call;
        EventLoop.Timer timer =
                network.schedule(patience, () -> fail(CallFailedException.Reason.LOST, "no answer within " + patience));
        var _ = answer.whenComplete((_, _) -> {
            timer.cancel();
            network.post(this::over);
        });
    }

    CompletableFuture<A> answer() {
        return answer;
    }

    void connected(End own, Connection connection, Server server) {
        if (answer.isDone()) {
            return;
        }
        end = own;
        registration = own.whenBroken(why -> fail(CallFailedException.Reason.LOST, why));
        own.send(call.label(), call.bytes(), () -> ask(connection.server(), server));
    }

    /** Not sent means nothing happened; what was sent may have been carried out. */
    void fail(CallFailedException.Reason reason, String why) {
        CallFailedException.Reason known =
                end == null && reason == CallFailedException.Reason.LOST ? CallFailedException.Reason.NOT_SENT : reason;
        boolean first = answer.completeExceptionally(new CallFailedException(known, why));
        if (first && end != null && known == CallFailedException.Reason.LOST) {
            end.process().machine().scheduler().effects().add(Effect.CALL_OF_UNKNOWN_FATE);
        }
    }

    private void over() {
        if (end != null) {
            end.forget(registration);
            if (call.withdrawable() && answer.isCompletedExceptionally()) {
                end.send("withdrawal", 0, this::withdraw);
            }
        }
    }

    /** Runs at the other process. */
    private void ask(End there, Server server) {
        CompletableFuture<A> result;
        try {
            result = call.ask().apply(server.service(call.service()));
        } catch (CallFailedException refused) {
            result = CompletableFuture.failedFuture(refused);
        }
        asked = result;
        long broken = call.withdrawable() ? there.whenBroken(_ -> withdraw()) : 0;
        var _ = result.whenComplete((value, failure) -> {
            there.forget(broken);
            if (failure == null) {
                there.send(call.label(), call.answerBytes().applyAsInt(value), () -> answer.complete(value));
            } else {
                answerFailure(there, failure);
            }
        });
    }

    private void answerFailure(End there, Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        switch (cause) {
            case CallFailedException refused ->
                there.send(call.label(), 0, () -> fail(refused.reason(), String.valueOf(refused.getMessage())));
            case CancellationException withdrawn ->
                there.send(call.label(), 0, () -> fail(CallFailedException.Reason.LOST, "withdrawn: " + withdrawn));
            case IOException broken ->
                there.send(call.label(), 0, () -> fail(CallFailedException.Reason.LOST, broken.toString()));
            default ->
                there.process().network().post(() -> {
                    throw new IllegalStateException("A call of " + call.label() + " met a bug", cause);
                });
        }
    }

    private void withdraw() {
        if (asked != null) {
            asked.cancel(false);
        }
    }
}
