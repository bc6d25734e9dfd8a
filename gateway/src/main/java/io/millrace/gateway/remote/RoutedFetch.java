package io.millrace.gateway.remote;

import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.NoRecords;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A fetch from several brokers. First each tells what it has; if that is not enough, each waits, and the first that has
 * enough ends the wait of all: for the others holds what they told first. Confined to the loop.
 *
 * <pre>
 *   looking (all answer at once, or are left out) ──▶ waiting (the first with enough, or the time) ──▶ answered
 *                    └────────── enough, or a part is refused, or no wait wanted ───────────────────────▲
 * </pre>
 */
final class RoutedFetch {
    private final FetchRequest request;
    private final RoutedQuestion<FetchRequest.Part> question;
    private final EventLoop loop;
    private final Duration straggler;
    private final CompletableFuture<List<Outcome<Fetched>>> answer = new CompletableFuture<>();
    private final List<@Nullable List<Outcome<Fetched>>> found = new ArrayList<>();
    private final List<CompletableFuture<?>> underWay = new ArrayList<>();
    private int missing;
    /** Goes up with each round, so that what belongs to an earlier one is known. */
    private int round;

    private EventLoop.@Nullable Timer timer;

    RoutedFetch(FetchRequest request, RoutedQuestion<FetchRequest.Part> question, EventLoop loop, Duration straggler) {
        this.request = request;
        this.question = question;
        this.loop = loop;
        this.straggler = straggler;
    }

    CompletableFuture<List<Outcome<Fetched>>> start() {
        loop.post(this::look);
        var _ = answer.whenComplete((_, _) -> {
            if (answer.isCancelled()) {
                loop.post(this::end);
            }
        });
        return answer;
    }

    private void look() {
        question.shares().forEach(_ -> found.add(null));
        if (question.shares().isEmpty()) {
            finish();
            return;
        }
        int minBytes = Math.min(0, request.minBytes());
        askAll(Duration.ZERO, _ -> minBytes, this::lookIsOver);
    }

    private void lookIsOver() {
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i) == null) {
                found.set(i, refusedAsLate(question.shares().get(i)));
            }
        }
        if (isEnough() || request.maxWait().isZero()) {
            finish();
        } else {
            // Each answers when it alone has what is missing now.
            long missingBytes = request.minBytes() - total();
            List<Integer> minBytes = found.stream()
                    .map(outcomes -> Math.toIntExact(Math.min(Integer.MAX_VALUE, sizeOf(outcomes) + missingBytes)))
                    .toList();
            askAll(request.maxWait(), minBytes::get, this::finish);
        }
    }

    private interface MinBytes {
        int of(int share);
    }

    private void askAll(Duration maxWait, MinBytes minBytes, Runnable over) {
        end();
        int thisRound = round;
        List<RoutedQuestion.Share<FetchRequest.Part>> shares = question.shares();
        missing = shares.size();
        timer = loop.schedule(maxWait.plus(straggler), () -> {
            if (round == thisRound) {
                over.run();
            }
        });
        for (int i = 0; i < shares.size(); i++) {
            int number = i;
            CompletableFuture<List<Outcome<Fetched>>> asked = shares.get(i)
                    .broker()
                    .fetch(new FetchRequest(
                            shares.get(i).parts(),
                            minBytes.of(i),
                            maxBytesEach(),
                            maxWait,
                            request.isolationLevel(),
                            request.servedBy()));
            underWay.add(asked);
            var _ = asked.whenComplete((outcomes, failure) -> loop.post(() -> {
                if (round == thisRound) {
                    arrived(number, outcomes, failure, over);
                }
            }));
        }
    }

    private void arrived(
            int share, @Nullable List<Outcome<Fetched>> outcomes, @Nullable Throwable failure, Runnable over) {
        if (outcomes == null) {
            end();
            answer.completeExceptionally(Objects.requireNonNull(failure));
            return;
        }
        found.set(share, outcomes);
        missing--;
        // While some have not even told what they have there is nothing to answer for them.
        if (missing == 0 || (found.stream().allMatch(Objects::nonNull) && isEnough())) {
            over.run();
        }
    }

    private boolean isEnough() {
        boolean refused = !question.refused().isEmpty() || found.stream().anyMatch(RoutedFetch::hasRefusal);
        return refused || total() >= Math.min(request.minBytes(), request.maxBytes());
    }

    private static boolean hasRefusal(@Nullable List<Outcome<Fetched>> outcomes) {
        return outcomes != null && outcomes.stream().anyMatch(outcome -> outcome instanceof Outcome.Refused);
    }

    private long total() {
        return found.stream().mapToLong(RoutedFetch::sizeOf).sum();
    }

    private void finish() {
        end();
        answer.complete(withinTheLimit(
                question.merge(found.stream().map(Objects::requireNonNull).toList())));
    }

    /** Ends what is under way; answers of it that come nevertheless are known by their round. */
    private void end() {
        round++;
        if (timer != null) {
            timer.cancel();
        }
        underWay.forEach(asked -> asked.cancel(false));
        underWay.clear();
    }

    /** The first batch found always comes whole; any other part that does not fit comes empty. */
    private List<Outcome<Fetched>> withinTheLimit(List<Outcome<Fetched>> outcomes) {
        List<Outcome<Fetched>> fitting = new ArrayList<>(outcomes.size());
        long total = 0;
        for (Outcome<Fetched> outcome : outcomes) {
            boolean fits = total == 0 || total + sizeOf(outcome) <= request.maxBytes();
            Outcome<Fetched> kept = fits ? outcome : outcome.map(NoRecords::insteadOf);
            fitting.add(kept);
            total += sizeOf(kept);
        }
        return fitting;
    }

    /** Equal shares: what one broker has too little of, the next request gets from another. */
    private int maxBytesEach() {
        int max = request.maxBytes();
        return max <= 0 ? max : Math.ceilDiv(max, question.shares().size());
    }

    private List<Outcome<Fetched>> refusedAsLate(RoutedQuestion.Share<FetchRequest.Part> share) {
        return share.parts().stream()
                .map(part -> Outcome.<Fetched>refused(new Refusal.LeaderNotAvailable(
                        part.partition(),
                        "The leader of partition " + part.partition() + " did not answer within " + straggler.toMillis()
                                + " ms.")))
                .toList();
    }

    private static long sizeOf(@Nullable List<Outcome<Fetched>> outcomes) {
        return outcomes == null
                ? 0
                : outcomes.stream().mapToLong(RoutedFetch::sizeOf).sum();
    }

    private static long sizeOf(Outcome<Fetched> outcome) {
        return outcome instanceof Outcome.Done<Fetched>(Fetched fetched)
                ? fetched.records().sizeInBytes()
                : 0;
    }
}
