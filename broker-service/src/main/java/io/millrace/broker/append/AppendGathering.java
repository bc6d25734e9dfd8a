package io.millrace.broker.append;

import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

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
                answer.complete(inOrder());
            }
        };
    }

    private List<Outcome<Appended>> inOrder() {
        List<Outcome<Appended>> all = new ArrayList<>(outcomes.length());
        for (int i = 0; i < outcomes.length(); i++) {
            all.add(outcomes.get(i));
        }
        return Collections.unmodifiableList(all);
    }

    void refuse(int index, Refusal why) {
        part(index).accept(Outcome.refused(why));
    }
}
