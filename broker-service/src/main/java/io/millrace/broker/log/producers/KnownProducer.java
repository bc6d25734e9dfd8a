package io.millrace.broker.log.producers;

import io.millrace.core.api.ActiveProducer;
import io.millrace.core.records.BatchHeader;
import java.util.ArrayList;
import java.util.List;

/**
 * One producer: its epoch and its last batches. A client that follows the rules has no more than {@link #BATCHES_MAX}
 * requests open to a partition, so what it repeats is among them. Confined to the partition's event loop.
 */
final class KnownProducer {
    /** How many batches are remembered (KIP-98: what a client may have in flight). */
    static final int BATCHES_MAX = 5;

    /** More numbers than this cannot be told from numbers to come. */
    private static final int FORGOTTEN_MAX = 1 << 30;

    private final long producerId;
    private final List<ProducerBatch> batches = new ArrayList<>(1);
    private short epoch;
    private int forgottenRecords;
    private boolean hadEarlierEpoch;
    private long seenMillis;

    KnownProducer(long producerId, short epoch) {
        this.producerId = producerId;
        this.epoch = epoch;
    }

    /**
     * A producer as it was written down.
     *
     * @param forgottenRecords how many records directly before the first of the batches are known to be in the log
     */
    static KnownProducer restored(
            long producerId,
            short epoch,
            int forgottenRecords,
            boolean hadEarlierEpoch,
            long seenMillis,
            List<ProducerBatch> batches) {
        KnownProducer producer = new KnownProducer(producerId, epoch);
        producer.forgottenRecords = forgottenRecords;
        producer.hadEarlierEpoch = hadEarlierEpoch;
        producer.seenMillis = seenMillis;
        producer.batches.addAll(batches);
        return producer;
    }

    long producerId() {
        return producerId;
    }

    short epoch() {
        return epoch;
    }

    int forgottenRecords() {
        return forgottenRecords;
    }

    boolean hadEarlierEpoch() {
        return hadEarlierEpoch;
    }

    /** When it was heard last, counted as its partition counts. */
    long seenMillis() {
        return seenMillis;
    }

    void seenAt(long millis) {
        seenMillis = millis;
    }

    /** The last batches of this epoch, the earliest first; there is always one. */
    List<ProducerBatch> batches() {
        return batches;
    }

    ActiveProducer active() {
        ProducerBatch last = batches.getLast();
        return new ActiveProducer(producerId, epoch, last.lastSequence(), last.maxTimestampMillis());
    }

    SequenceVerdict verdictOn(BatchHeader batch) {
        if (batch.producerEpoch() < epoch) {
            return new SequenceVerdict.OldEpoch(epoch);
        }
        int base = batch.baseSequence();
        int expected = batch.producerEpoch() > epoch
                ? 0
                : Sequences.plus(batches.getLast().lastSequence(), 1);
        if (base == expected) {
            return SequenceVerdict.Fits.FITS;
        }
        return batch.producerEpoch() > epoch ? new SequenceVerdict.OutOfOrder(expected) : repetition(batch, expected);
    }

    private SequenceVerdict repetition(BatchHeader batch, int expected) {
        int base = batch.baseSequence();
        int last = ProducerBatch.lastSequence(batch);
        for (int i = batches.size() - 1; i >= 0; i--) {
            ProducerBatch known = batches.get(i);
            if (known.baseSequence() == base && known.lastSequence() == last) {
                return new SequenceVerdict.Repeats(known);
            }
        }
        ProducerBatch oldest = batches.getFirst();
        boolean wasHere = Sequences.isBefore(last, oldest.baseSequence())
                && Sequences.between(base, oldest.baseSequence()) <= forgottenRecords;
        return wasHere
                ? new SequenceVerdict.RepeatsLongAgo(oldest.baseOffset())
                : new SequenceVerdict.OutOfOrder(expected);
    }

    /** Takes note of a batch that is in the log now, as its leader decided. */
    void note(BatchHeader batch) {
        if (batch.producerEpoch() != epoch) {
            epoch = batch.producerEpoch();
            hadEarlierEpoch = true;
            forgottenRecords = 0;
            batches.clear();
        }
        batches.add(ProducerBatch.of(batch));
        if (batches.size() > BATCHES_MAX) {
            ProducerBatch oldest = batches.removeFirst();
            forgottenRecords = (int) Math.min(FORGOTTEN_MAX, (long) forgottenRecords + oldest.records());
        }
    }

    /** Forgets batches that the log does not have any more. */
    Remainder cutAt(long endOffset) {
        batches.removeIf(batch -> batch.baseOffset() >= endOffset);
        if (!batches.isEmpty()) {
            return Remainder.KNOWN;
        }
        return forgottenRecords > 0 || hadEarlierEpoch ? Remainder.UNCERTAIN : Remainder.NOTHING;
    }

    /** What is known of a producer after a cut. */
    enum Remainder {
        KNOWN,
        /** It has batches in the log, which were forgotten. */
        UNCERTAIN,
        NOTHING
    }
}
