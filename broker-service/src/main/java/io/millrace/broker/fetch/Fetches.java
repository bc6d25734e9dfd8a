package io.millrace.broker.fetch;

import io.millrace.broker.partitions.LocalPartition;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.model.TopicPartition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way of a fetch into the broker. Safe for all threads. */
public final class Fetches {
    private final Function<TopicPartition, Outcome<LocalPartition>> lookup;
    private final Clock clock;
    private final FetchObserver observer;

    public Fetches(Function<TopicPartition, Outcome<LocalPartition>> lookup, Clock clock, FetchObserver observer) {
        this.lookup = lookup;
        this.clock = clock;
        this.observer = observer;
    }

    /** See {@link io.millrace.core.api.BrokerApi#fetch}. */
    public CompletableFuture<List<Outcome<Fetched>>> fetch(FetchRequest request) {
        long start = clock.nanoTime();
        List<Outcome<LocalPartition>> partitions =
                request.parts().stream().map(part -> find(request, part)).toList();
        CompletableFuture<List<Outcome<Fetched>>> answer = new CompletableFuture<>();
        EventLoop home = homeOf(partitions);
        if (home == null) {
            List<Outcome<Fetched>> refused =
                    partitions.stream().map(Fetches::refusal).toList();
            report(request, refused, start);
            answer.complete(refused);
            return answer;
        }
        WaitingFetch fetch = waitingFetch(request, partitions, home, answer);
        home.post(fetch::begin);
        var _ = answer.whenComplete((outcomes, _) -> {
            if (outcomes == null) {
                home.post(fetch::cancel);
            } else {
                report(request, outcomes, start);
            }
        });
        return answer;
    }

    private Outcome<LocalPartition> find(FetchRequest request, FetchRequest.Part part) {
        if (request.minBytes() < 0 || request.maxBytes() < 0 || part.maxBytes() < 0) {
            return Outcome.refused(new Refusal.InvalidRequest("Sizes of a fetch are 0 or more."));
        }
        if (request.maxWait().isNegative()) {
            return Outcome.refused(new Refusal.InvalidRequest("The wait of a fetch is 0 or more."));
        }
        return lookup.apply(part.partition());
    }

    private static WaitingFetch waitingFetch(
            FetchRequest request,
            List<Outcome<LocalPartition>> partitions,
            EventLoop home,
            CompletableFuture<List<Outcome<Fetched>>> answer) {
        FetchRequest bounded = request.maxWait().compareTo(WaitingFetch.WAIT_MAX) <= 0
                ? request
                : new FetchRequest(
                        request.parts(),
                        request.minBytes(),
                        request.maxBytes(),
                        WaitingFetch.WAIT_MAX,
                        request.isolationLevel(),
                        request.servedBy());
        WaitingFetch fetch = new WaitingFetch(bounded, home, answer);
        for (int i = 0; i < partitions.size(); i++) {
            switch (partitions.get(i)) {
                case Outcome.Done<LocalPartition>(LocalPartition partition) ->
                    fetch.add(partition, request.parts().get(i));
                case Outcome.Refused<LocalPartition>(Refusal refusal) -> fetch.addRefused(Outcome.refused(refusal));
            }
        }
        return fetch;
    }

    private static @Nullable EventLoop homeOf(List<Outcome<LocalPartition>> partitions) {
        for (Outcome<LocalPartition> partition : partitions) {
            if (partition instanceof Outcome.Done<LocalPartition>(LocalPartition found)) {
                return found.loop();
            }
        }
        return null;
    }

    private static Outcome<Fetched> refusal(Outcome<LocalPartition> outcome) {
        return switch (outcome) {
            case Outcome.Refused<LocalPartition>(Refusal refusal) -> Outcome.refused(refusal);
            case Outcome.Done<LocalPartition> found -> throw new IllegalStateException("Not refused: " + found);
        };
    }

    private void report(FetchRequest request, List<Outcome<Fetched>> outcomes, long start) {
        observer.fetchAnswered(request, outcomes, Duration.ofNanos(clock.nanoTime() - start));
    }
}
