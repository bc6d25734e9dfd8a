package io.millrace.gateway.produce.bench;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.twin.UnaskedBroker;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.records.RecordBatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A broker that takes batches after a fixed time and keeps none, so that only the gateway's own cost is measured. */
final class DiscardingBroker extends UnaskedBroker {
    private final EventLoop loop;
    private final Duration appendTime;
    private long end; // confined to the loop

    DiscardingBroker(EventLoop loop, Duration appendTime) {
        this.loop = loop;
        this.appendTime = appendTime;
    }

    @Override
    public CompletableFuture<List<Outcome<Appended>>> append(AppendRequest request) {
        CompletableFuture<List<Outcome<Appended>>> answer = new CompletableFuture<>();
        int records = RecordBatch.at(request.parts().getFirst().batch()).recordCount();
        Runnable take = () -> {
            long base = end;
            end += records;
            answer.complete(List.of(Outcome.done(new Appended(base, end - 1, -1, 0))));
        };
        if (appendTime.isZero()) {
            loop.post(take);
        } else {
            loop.schedule(appendTime, take);
        }
        return answer;
    }
}
