package io.millrace.gateway.remote;

import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.FetchRequest.ServedBy;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * A fetch from near replicas: what one of them refuses, as it knows less than the leader or has just ceased to be a replica,
 * is asked of the leader. Safe for any thread.
 */
final class NearestFetch {
    private final FetchRequest request;
    private final Function<FetchRequest, CompletableFuture<List<Outcome<Fetched>>>> near;
    private final Function<FetchRequest, CompletableFuture<List<Outcome<Fetched>>>> leaders;

    NearestFetch(
            FetchRequest request,
            Function<FetchRequest, CompletableFuture<List<Outcome<Fetched>>>> near,
            Function<FetchRequest, CompletableFuture<List<Outcome<Fetched>>>> leaders) {
        this.request = request;
        this.near = near;
        this.leaders = leaders;
    }

    CompletableFuture<List<Outcome<Fetched>>> start() {
        AtomicReference<CompletableFuture<List<Outcome<Fetched>>>> underWay =
                new AtomicReference<>(near.apply(request));
        CompletableFuture<List<Outcome<Fetched>>> answer = underWay.get().thenCompose(outcomes -> {
            CompletableFuture<List<Outcome<Fetched>>> rest = fromLeaders(outcomes);
            underWay.set(rest);
            return rest;
        });
        var _ = answer.whenComplete((_, _) -> {
            if (answer.isCancelled()) {
                underWay.get().cancel(false);
            }
        });
        return answer;
    }

    private CompletableFuture<List<Outcome<Fetched>>> fromLeaders(List<Outcome<Fetched>> outcomes) {
        List<Integer> refused = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Refused<Fetched>) {
                refused.add(i);
            }
        }
        if (refused.isEmpty()) {
            return CompletableFuture.completedFuture(outcomes);
        }
        // A refusal comes at once, so the wait begins anew; beside others that have answered there is nothing to wait
        // for.
        boolean alone = refused.size() == outcomes.size();
        FetchRequest again = new FetchRequest(
                refused.stream().map(request.parts()::get).toList(),
                alone ? request.minBytes() : 0,
                request.maxBytes(),
                alone ? request.maxWait() : Duration.ZERO,
                request.isolationLevel(),
                ServedBy.LEADER);
        return leaders.apply(again).thenApply(answers -> {
            List<Outcome<Fetched>> merged = new ArrayList<>(outcomes);
            for (int i = 0; i < refused.size(); i++) {
                merged.set(refused.get(i), answers.get(i));
            }
            return merged;
        });
    }
}
