package io.millrace.gateway.routing;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.model.TopicPartition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Asks the brokers again for as long as what they refuse may be only a lag between pictures: a topic was just created, a
 * leader has just moved, or is about to, as its broker stops or has lost its lease. Safe for any thread.
 */
public final class BrokerRetry {
    private final EventLoop timers;
    private final Clock clock;
    private final Duration retryFor;
    private final Duration backoff;

    /**
     * @param retryFor how long to ask again; the last answer holds then
     * @param backoff time between two questions
     */
    public BrokerRetry(EventLoop timers, Clock clock, Duration retryFor, Duration backoff) {
        this.timers = timers;
        this.clock = clock;
        this.retryFor = retryFor;
        this.backoff = backoff;
    }

    /** Says whether the refusal ends when pictures have caught up. Nothing was done and nothing stored then. */
    public static boolean passes(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NotLeader r -> true;
            case Refusal.StaleEpoch r -> true;
            case Refusal.LeaderNotAvailable r -> true;
            case Refusal.UnknownTopic r -> true;
            case Refusal.UnknownPartition r -> true;
            // Of a broker these two are about itself: another one leads soon.
            case Refusal.ShuttingDown r -> true;
            case Refusal.ControllerNotAvailable r -> true;
            default -> false;
        };
    }

    /** Asks until no part is refused for the moment. The question is made anew each time, from the picture of then. */
    public <T> CompletableFuture<List<Outcome<T>>> ask(Supplier<CompletableFuture<List<Outcome<T>>>> question) {
        return ask(question, clock.nanoTime());
    }

    /** Runs the task when the picture shows other leaders, or after the time between two questions. */
    public void whenLedAnew(MetadataView view, ClusterImage routedBy, List<TopicPartition> partitions, Runnable task) {
        LeaderWait.then(view, routedBy, partitions, timers, backoff, task);
    }

    private void later(Runnable task) {
        timers.schedule(backoff, task);
    }

    /** Says whether what has been refused since then may be asked once more. */
    public boolean mayAskAgain(long sinceNanos) {
        return clock.nanoTime() - sinceNanos < retryFor.toNanos();
    }

    private <T> CompletableFuture<List<Outcome<T>>> ask(
            Supplier<CompletableFuture<List<Outcome<T>>>> question, long sinceNanos) {
        return question.get().thenCompose(outcomes -> {
            boolean again = outcomes.stream()
                    .anyMatch(outcome -> outcome instanceof Outcome.Refused<T>(Refusal refusal) && passes(refusal));
            if (!again || !mayAskAgain(sinceNanos)) {
                return CompletableFuture.completedFuture(outcomes);
            }
            CompletableFuture<Void> pause = new CompletableFuture<>();
            later(() -> pause.complete(null));
            return pause.thenCompose(rested -> ask(question, sinceNanos));
        });
    }
}
