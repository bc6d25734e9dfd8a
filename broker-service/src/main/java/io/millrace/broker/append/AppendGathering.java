package io.millrace.broker.append;

import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The outcomes of one request, which arrive from several event loops; the last one answers the request. */
final class AppendGathering {
    private final AtomicReferenceArray<Outcome<Appended>> outcomes;
    private final AtomicInteger missing;
    private final CompletableFuture<List<Outcome<Appended>>> answer = new CompletableFuture<>();

    AppendGathering(int parts) {
        outcomes = new AtomicReferenceArray<>(parts);
        missing = new AtomicInteger(parts);
        if (parts == 0) {
            answer.complete(List.of());
        }
    }

    CompletableFuture<List<Outcome<Appended>>> answer() {
        return answer;
    }

    /** Where the outcome of that part goes, exactly once. */
    Consumer<Outcome<Appended>> part(int index) {
        return outcome -> {
            outcomes.set(index, outcome);
            if (missing.decrementAndGet() == 0) {
                answer.complete(IntStream.range(0, outcomes.length())
                        .mapToObj(outcomes::get)
                        .toList());
            }
        };
    }

    void refuse(int index, Refusal why) {
        part(index).accept(Outcome.refused(why));
    }
}
