package io.millrace.gateway.remote;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.twin.UnaskedBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A broker that takes appends and answers them when the test says so. */
final class HeldAppends extends UnaskedBroker {
    final List<Call> calls = new ArrayList<>();
    private final Function<AppendRequest, CompletableFuture<List<Outcome<Appended>>>> answering;
    /** Thrown at the next appends. */
    @Nullable
    RuntimeException bug;

    HeldAppends() {
        this(_ -> new CompletableFuture<>());
    }

    /** Gives such answers instead of holding them. */
    HeldAppends(Function<AppendRequest, CompletableFuture<List<Outcome<Appended>>>> answering) {
        this.answering = answering;
    }

    /** A call that has come. */
    record Call(AppendRequest request, CompletableFuture<List<Outcome<Appended>>> answer) {
        List<String> partitions() {
            return request.parts().stream()
                    .map(part -> part.partition().toString())
                    .toList();
        }

        void answer(long... offsets) {
            List<Outcome<Appended>> outcomes = new ArrayList<>();
            for (long offset : offsets) {
                outcomes.add(Outcome.done(new Appended(offset, offset, -1, 0)));
            }
            answer.complete(outcomes);
        }
    }

    @Override
    public CompletableFuture<List<Outcome<Appended>>> append(AppendRequest request) {
        if (bug != null) {
            throw bug;
        }
        calls.add(new Call(request, answering.apply(request)));
        return calls.getLast().answer();
    }
}
