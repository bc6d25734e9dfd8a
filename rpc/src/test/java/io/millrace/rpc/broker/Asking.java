package io.millrace.rpc.broker;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.model.Acks;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Questions of the fault tests. */
final class Asking {
    static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    private Asking() {}

    static CompletableFuture<List<Outcome<Appended>>> append(BrokerApi broker, Duration timeout, int valueBytes) {
        AppendRequest.Part part =
                new AppendRequest.Part(ORDERS, AppendRequest.ANY_EPOCH, SmallBatches.of(1000, "x".repeat(valueBytes)));
        return broker.append(new AppendRequest(List.of(part), Acks.ALL, timeout));
    }

    static CompletableFuture<List<Outcome<Fetched>>> fetch(BrokerApi broker, Duration wait) {
        FetchRequest.Part part = new FetchRequest.Part(ORDERS, AppendRequest.ANY_EPOCH, 0, 1 << 20);
        return broker.fetch(new FetchRequest(List.of(part), 1, 1 << 20, wait, IsolationLevel.READ_UNCOMMITTED));
    }

    static <T> Outcome<T> outcome(CompletableFuture<List<Outcome<T>>> answer) {
        return answer.orTimeout(30, TimeUnit.SECONDS).join().getFirst();
    }

    static Refusal refusal(CompletableFuture<? extends List<? extends Outcome<?>>> answer) {
        Outcome<?> outcome = answer.orTimeout(30, TimeUnit.SECONDS).join().getFirst();
        return switch (outcome) {
            case Outcome.Refused<?>(Refusal refusal) -> refusal;
            case Outcome.Done<?> done -> throw new AssertionError("Not refused: " + done);
        };
    }
}
