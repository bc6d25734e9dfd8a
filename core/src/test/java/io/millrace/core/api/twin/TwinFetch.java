package io.millrace.core.api.twin;

import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A fetch that may have to wait. */
record TwinFetch(FetchRequest request, TwinTopics topics, CompletableFuture<List<Outcome<Fetched>>> answer) {
    /** Answers when there is enough, when a part is refused, or in any case if told so; says whether it did. */
    boolean answerIfReady(boolean atAnyRate) {
        List<Outcome<Fetched>> outcomes = read();
        boolean refused = outcomes.stream().anyMatch(outcome -> outcome instanceof Outcome.Refused);
        long bytes = outcomes.stream().mapToLong(TwinFetch::sizeOf).sum();
        if (atAnyRate || refused || bytes >= Math.min(request.minBytes(), request.maxBytes())) {
            answer.complete(outcomes);
            return true;
        }
        return false;
    }

    private List<Outcome<Fetched>> read() {
        List<Outcome<Fetched>> outcomes = new ArrayList<>();
        long left = request.maxBytes();
        for (FetchRequest.Part part : request.parts()) {
            Outcome<Fetched> outcome = read(part, left, left == request.maxBytes());
            outcomes.add(outcome);
            left -= sizeOf(outcome);
        }
        return outcomes;
    }

    private Outcome<Fetched> read(FetchRequest.Part part, long left, boolean nothingYet) {
        if (request.minBytes() < 0 || request.maxBytes() < 0 || part.maxBytes() < 0) {
            return Outcome.refused(new Refusal.InvalidRequest("Sizes of a fetch are 0 or more."));
        }
        int maxBytes = (int) Math.min(Math.max(0, left), part.maxBytes());
        return topics.ask(
                part.partition(),
                log -> log.withEpoch(
                        part.expectedLeaderEpoch(),
                        () -> cut(log.read(part.offset(), maxBytes), maxBytes, nothingYet)));
    }

    /** Only the first batch of the whole answer may be larger than what is left. */
    private static Outcome<Fetched> cut(Outcome<Fetched> outcome, int maxBytes, boolean nothingYet) {
        return outcome.map(fetched -> nothingYet || fetched.records().sizeInBytes() <= maxBytes
                ? fetched
                : new Fetched(
                        new MemorySlice(List.of()),
                        fetched.logStartOffset(),
                        fetched.highWatermark(),
                        fetched.lastStableOffset()));
    }

    private static int sizeOf(Outcome<Fetched> outcome) {
        return outcome instanceof Outcome.Done<Fetched>(Fetched fetched)
                ? fetched.records().sizeInBytes()
                : 0;
    }
}
