package io.millrace.broker.fetch;

import io.millrace.broker.partitions.LocalPartition;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.environment.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A fetch that is under way. Confined to its home loop, which is that of its first partition, so that a fetch of one
 * partition never changes threads.
 *
 * <pre>
 *   looking (every part answers once) ──▶ waiting (parts answer again as limits move) ──▶ trimming ──▶ answered
 *                    └────────────────────────────────────────────────────────────────────▲
 * </pre>
 */
final class WaitingFetch {
    private final FetchRequest request;
    private final EventLoop home;
    private final CompletableFuture<List<Outcome<Fetched>>> answer;
    private final List<@Nullable Outcome<Fetched>> outcomes = new ArrayList<>();
    private final TreeMap<Integer, FetchPart> parts = new TreeMap<>();
    private int missing;
    private EventLoop.@Nullable Timer deadline;
    private boolean ended;

    WaitingFetch(FetchRequest request, EventLoop home, CompletableFuture<List<Outcome<Fetched>>> answer) {
        this.request = request;
        this.home = home;
        this.answer = answer;
    }

    /** A part that is refused already. */
    void addRefused(Outcome<Fetched> refused) {
        outcomes.add(refused);
    }

    /** A part that a partition answers. */
    void add(LocalPartition partition, FetchRequest.Part part) {
        int index = outcomes.size();
        outcomes.add(null);
        missing++;
        int maxBytes = Math.min(part.maxBytes(), request.maxBytes());
        parts.put(
                index,
                new FetchPart(partition, part, maxBytes, request.servedBy(), home, outcome -> found(index, outcome)));
    }

    /** Begins to look; called once, when every part has been added. */
    void begin() {
        parts.values().forEach(part -> part.partition().read(part));
    }

    /** Nobody waits for the answer any more. */
    void cancel() {
        end();
    }

    private void found(int index, Outcome<Fetched> outcome) {
        if (ended) {
            return;
        }
        if (outcomes.set(index, outcome) == null) {
            missing--;
        }
        if (missing == 0) {
            if (isEnough()) {
                trimAndAnswer();
            } else if (deadline == null) {
                deadline = home.schedule(request.maxWait(), this::waitIsOver);
            }
        }
    }

    private boolean isEnough() {
        boolean refused = outcomes.stream().anyMatch(outcome -> outcome instanceof Outcome.Refused);
        return refused || request.maxWait().isZero() || total() >= Math.min(request.minBytes(), request.maxBytes());
    }

    private long total() {
        return outcomes.stream().mapToLong(FetchTrim::sizeOf).sum();
    }

    private void waitIsOver() {
        if (!ended) {
            trimAndAnswer();
        }
    }

    private void trimAndAnswer() {
        end();
        if (total() <= request.maxBytes() || parts.size() == 1) {
            answer.complete(List.copyOf(outcomes));
        } else {
            new FetchTrim(request, home, answer, outcomes).begin(parts);
        }
    }

    private void end() {
        ended = true;
        if (deadline != null) {
            deadline.cancel();
        }
        parts.values().forEach(part -> part.partition().withdraw(part));
    }

    /** The longest that a fetch waits; a timer of years would overflow the clock. */
    static final Duration WAIT_MAX = Duration.ofHours(1);
}
