package io.millrace.broker.log.producers;

import io.millrace.core.records.BatchHeader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The idempotent producers of one partition. It follows from the batches of the log: the same batches make the same state,
 * wherever they lie. Takes messages and time; touches neither the log nor the clock. Confined to the partition's event loop.
 *
 * <p>Of a producer that is not known any sequence is taken, as Kafka does it: it may be new, or it has been idle for longer
 * than producers are remembered, or its batches were dropped by retention before this replica began. To refuse it would stop
 * a producer that did nothing wrong; so whoever repeats an append does it before that time is over.
 */
public final class KnownProducers {
    /** Heard at a time that nobody has told yet. */
    static final long UNKNOWN_TIME = Long.MIN_VALUE;

    /** By id, who was heard last at the end. */
    private final SequencedMap<Long, KnownProducer> producers = new LinkedHashMap<>();

    /** How a batch that wants to be appended fits. Costs the same however much is known. */
    public SequenceVerdict verdictOn(BatchHeader batch) {
        if (!isCounted(batch)) {
            return SequenceVerdict.Fits.FITS;
        }
        KnownProducer producer = producers.get(batch.producerId());
        return producer == null ? SequenceVerdict.Fits.FITS : producer.verdictOn(batch);
    }

    /** Takes note of a batch that is in the log now. */
    public void note(BatchHeader batch, long nowMillis, int producersMax) {
        if (!isCounted(batch)) {
            return;
        }
        KnownProducer known = producers.get(batch.producerId());
        KnownProducer producer = known == null ? new KnownProducer(batch.producerId(), batch.producerEpoch()) : known;
        producer.note(batch);
        producer.seenAt(nowMillis);
        producers.putLast(batch.producerId(), producer);
        while (producers.size() > producersMax) {
            producers.pollFirstEntry();
        }
    }

    /** Takes note of a batch that was found in the log; when it came is settled with the next {@link #expire}. */
    public void noteFound(BatchHeader batch, int producersMax) {
        note(batch, UNKNOWN_TIME, producersMax);
    }

    /** Forgets producers that were idle for so long. Those of which nobody knows it are held to have been heard now. */
    public void expire(long nowMillis, long idleMillisMax) {
        for (KnownProducer producer : producers.values()) {
            if (producer.seenMillis() == UNKNOWN_TIME) {
                producer.seenAt(nowMillis);
            }
        }
        producers.values().removeIf(producer -> nowMillis - producer.seenMillis() >= idleMillisMax);
    }

    /**
     * The log ends at the offset now. Returns whether all that is known afterwards is right; otherwise it has to be found
     * out from the log.
     */
    public boolean cutAt(long endOffset) {
        boolean certain = true;
        for (var each = producers.values().iterator(); each.hasNext(); ) {
            switch (each.next().cutAt(endOffset)) {
                case KNOWN -> {}
                case UNCERTAIN -> {
                    each.remove();
                    certain = false;
                }
                case NOTHING -> each.remove();
            }
        }
        return certain;
    }

    /** Forgets everybody. */
    public void clear() {
        producers.clear();
    }

    /** How many are known. */
    public int count() {
        return producers.size();
    }

    List<KnownProducer> oldestFirst() {
        return List.copyOf(producers.values());
    }

    void restore(KnownProducer producer) {
        producers.putLast(producer.producerId(), producer);
    }

    private static boolean isCounted(BatchHeader batch) {
        return batch.producerId() >= 0 && !batch.isControl();
    }
}
