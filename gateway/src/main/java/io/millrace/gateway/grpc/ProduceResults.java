package io.millrace.gateway.grpc;

import com.google.protobuf.Timestamp;
import io.millrace.core.api.Outcome;
import io.millrace.gateway.produce.Produced;
import io.millrace.v1.ProduceResult;
import java.util.ArrayList;
import java.util.List;

/** Tells what became of records, one result for each. */
final class ProduceResults {
    private ProduceResults() {}

    static List<ProduceResult> of(List<Outcome<Produced>> outcomes) {
        List<ProduceResult> results = new ArrayList<>(outcomes.size());
        long shownMillis = -1;
        Timestamp shown = Timestamp.getDefaultInstance();
        for (Outcome<Produced> outcome : outcomes) {
            switch (outcome) {
                case Outcome.Done<Produced>(Produced produced) -> {
                    // Records that arrive together mostly share their timestamp, so its message is made once.
                    if (produced.timestampMillis() != shownMillis) {
                        shownMillis = produced.timestampMillis();
                        shown = Times.timestamp(shownMillis);
                    }
                    results.add(ProduceResult.newBuilder()
                            .setPartition(produced.partition())
                            .setOffset(produced.offset())
                            .setTimestamp(shown)
                            .build());
                }
                case Outcome.Refused<Produced>(var refusal) ->
                    results.add(ProduceResult.newBuilder()
                            .setError(ItemErrors.of(refusal))
                            .build());
            }
        }
        return results;
    }
}
