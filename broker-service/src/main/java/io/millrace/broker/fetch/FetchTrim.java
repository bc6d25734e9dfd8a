package io.millrace.broker.fetch;

import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.NoRecords;
import io.millrace.core.api.Outcome;
import io.millrace.core.environment.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an answer that is too large down to its limit: each part that found more than its fair share reads again, that much
 * only. Confined to the fetch's home loop.
 */
final class FetchTrim {
    private final FetchRequest request;
    private final EventLoop home;
    private final CompletableFuture<List<Outcome<Fetched>>> answer;
    private final List<@Nullable Outcome<Fetched>> outcomes;
    private int missing;

    FetchTrim(
            FetchRequest request,
            EventLoop home,
            CompletableFuture<List<Outcome<Fetched>>> answer,
            List<@Nullable Outcome<Fetched>> outcomes) {
        this.request = request;
        this.home = home;
        this.answer = answer;
        this.outcomes = new ArrayList<>(outcomes);
    }

    void begin(Map<Integer, FetchPart> parts) {
        int[] found = outcomes.stream().mapToInt(FetchTrim::sizeOf).toArray();
        int[] shares = ByteShares.of(found, request.maxBytes());
        Map<Integer, FetchPart> again = new TreeMap<>();
        parts.forEach((index, part) -> {
            if (found[index] > shares[index]) {
                again.put(
                        index,
                        new FetchPart(
                                part.partition(),
                                request.parts().get(index),
                                shares[index],
                                request.servedBy(),
                                home,
                                outcome -> found(index, outcome)));
            }
        });
        missing = again.size();
        again.values().forEach(part -> part.partition().readOnce(part));
    }

    private void found(int index, Outcome<Fetched> outcome) {
        outcomes.set(index, outcome);
        missing--;
        if (missing == 0) {
            answer.complete(withinTheLimit());
        }
    }

    /** The first batch found always comes whole; any other part that does not fit comes empty. */
    private List<Outcome<Fetched>> withinTheLimit() {
        List<Outcome<Fetched>> fitting = new ArrayList<>();
        long total = 0;
        for (Outcome<Fetched> outcome : List.<Outcome<Fetched>>copyOf(outcomes)) {
            boolean fits = total == 0 || total + sizeOf(outcome) <= request.maxBytes();
            Outcome<Fetched> kept = fits ? outcome : outcome.map(NoRecords::insteadOf);
            fitting.add(kept);
            total += sizeOf(kept);
        }
        return fitting;
    }

    static int sizeOf(@Nullable Outcome<Fetched> outcome) {
        return outcome instanceof Outcome.Done<Fetched>(Fetched fetched)
                ? fetched.records().sizeInBytes()
                : 0;
    }
}
