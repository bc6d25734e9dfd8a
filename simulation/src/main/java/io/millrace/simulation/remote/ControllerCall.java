package io.millrace.simulation.remote;

import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.simulation.network.Call;
import io.millrace.simulation.network.CallFailedException;
import io.millrace.simulation.schedule.SimProcess;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * A question with one answer. It goes to the next controller that decides when it surely was not carried out by the one that
 * was asked; else it ends as TimedOut.
 */
final class ControllerCall<T> {
    private static final int BYTES = 128;

    private final ControllerLink link;
    private final SimProcess process;
    private final boolean repeatable;
    private final Call<ControllerSeat, ControllerSeat.Answer<T>> call;
    private final long searchUntil;
    private final CompletableFuture<Outcome<T>> answer = new CompletableFuture<>();

    ControllerCall(
            ControllerLink link,
            SimProcess process,
            String label,
            boolean repeatable,
            Function<ControllerApi, CompletableFuture<Outcome<T>>> question) {
        this.link = link;
        this.process = process;
        this.repeatable = repeatable;
        this.call = new Call<>(label, BYTES, ControllerSeat.class, seat -> seat.ask(question), _ -> BYTES, false);
        this.searchUntil =
                process.clock().nanoTime() + ControllerOptions.DEFAULTS.search().toNanos();
    }

    CompletableFuture<Outcome<T>> answer() {
        return answer;
    }

    void attempt() {
        if (answer.isDone()) {
            return;
        }
        link.use(patience(), new ControllerLink.Use() {
            @Override
            public void with(ControllerLink.Connected connection) {
                send(connection);
            }

            @Override
            public void without(Refusal refusal) {
                answer.complete(Outcome.refused(refusal));
            }
        });
    }

    private Duration patience() {
        return Duration.ofNanos(searchUntil - process.clock().nanoTime());
    }

    private void send(ControllerLink.Connected connection) {
        var _ = connection
                .channel()
                .ask(call, ControllerOptions.DEFAULTS.answer())
                .whenComplete((heard, failure) -> {
                    if (failure != null) {
                        failed(connection, failure);
                    } else if (heard.outcome() != null) {
                        answer.complete(heard.outcome());
                    } else {
                        link.notActive(connection, heard.instead());
                        attempt();
                    }
                });
    }

    private void failed(ControllerLink.Connected connection, Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (!(cause instanceof CallFailedException failure)) {
            throw new IllegalStateException(cause);
        }
        link.lost(connection);
        boolean notCarriedOut = failure.reason() != CallFailedException.Reason.LOST;
        if (notCarriedOut || (repeatable && patience().isPositive())) {
            attempt();
        } else {
            answer.complete(Outcome.refused(new Refusal.TimedOut("The answer of the controller was lost ("
                    + failure.getMessage() + "), so what was asked may have happened, or happen yet.")));
        }
    }
}
