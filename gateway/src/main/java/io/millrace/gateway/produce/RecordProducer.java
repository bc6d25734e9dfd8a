package io.millrace.gateway.produce;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.gateway.routing.MetadataView;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Appends records for clients of any protocol. Safe for any thread. */
public final class RecordProducer {
    private final BrokerApi brokers;
    private final MetadataView view;

    public RecordProducer(BrokerApi brokers, MetadataView view) {
        this.brokers = brokers;
        this.view = view;
    }

    /**
     * Appends the records, each to the partition that it names or that its key leads to. The answer has one outcome for
     * each record, in their order; records of one call to one partition keep their order there, and so do those of
     * several calls that one caller makes one after the other. Buffers must not change before the future completes.
     * The future completes on a loop of the producer: continuations must be short.
     */
    public CompletableFuture<List<Outcome<Produced>>> produce(
            String topic, List<NewRecord> records, ProduceOptions options) {
        Refusal notYet = new Refusal.Overloaded(
                "Producing is not served here yet (" + brokers + ", picture "
                        + view.image().version() + ").",
                0);
        return CompletableFuture.completedFuture(records.stream()
                .map(record -> Outcome.<Produced>refused(notYet))
                .toList());
    }
}
