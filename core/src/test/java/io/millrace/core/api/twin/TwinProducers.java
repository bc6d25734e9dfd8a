package io.millrace.core.api.twin;

import io.millrace.core.api.ActiveProducer;
import io.millrace.core.api.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** The idempotent producers of a twin's partition, which never forgets a batch; only the last few are told again. */
final class TwinProducers {
    private static final int TOLD_AGAIN = 5;

    /** Who was heard last at the end. */
    private final SequencedMap<Long, List<TwinBatch>> byProducer = new LinkedHashMap<>();

    /** The batch that this one repeats. */
    Optional<TwinBatch> original(TwinBatch batch) {
        List<TwinBatch> written = written(batch);
        return written.subList(Math.max(0, written.size() - TOLD_AGAIN), written.size()).stream()
                .filter(batch::repeats)
                .findFirst();
    }

    Optional<Refusal> problemOf(TwinBatch batch) {
        List<TwinBatch> written = written(batch);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        TwinBatch last = written.getLast();
        if (batch.producerEpoch() < last.producerEpoch()) {
            return Optional.of(new Refusal.InvalidProducerEpoch("Epoch " + batch.producerEpoch() + " is over."));
        }
        boolean newEpoch = batch.producerEpoch() > last.producerEpoch();
        int expected = newEpoch ? 0 : (last.lastSequence() + 1) & Integer.MAX_VALUE;
        if (batch.baseSequence() == expected) {
            return Optional.empty();
        }
        return Optional.of(
                written.stream().anyMatch(batch::repeats)
                        ? new Refusal.DuplicateSequence("Sequence " + batch.baseSequence() + " is there already.")
                        : new Refusal.OutOfOrderSequence("Sequence " + expected + " was expected."));
    }

    void note(TwinBatch batch) {
        if (batch.producerId() >= 0) {
            List<TwinBatch> written = new ArrayList<>(written(batch));
            written.add(batch);
            byProducer.putLast(batch.producerId(), written);
        }
    }

    List<ActiveProducer> active() {
        return byProducer.values().stream()
                .map(List::getLast)
                .map(last -> new ActiveProducer(
                        last.producerId(), last.producerEpoch(), last.lastSequence(), last.maxTimestamp()))
                .toList();
    }

    private List<TwinBatch> written(TwinBatch batch) {
        return byProducer.getOrDefault(batch.producerId(), List.of());
    }
}
