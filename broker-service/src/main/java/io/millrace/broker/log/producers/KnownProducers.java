package io.millrace.broker.log.producers;

import io.millrace.core.api.ActiveProducer;
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
public final class KnownProducers implements ProducerStates {
    /** A wall clock that jumps makes nobody older by more than this. */
    private static final long STEP_MILLIS_MAX = 60L * 60 * 1000;

    /** By id, who was heard last at the end. */
    private final SequencedMap<Long, KnownProducer> producers = new LinkedHashMap<>();
    /** How long all this has been watched: what idle times are counted by, as wall clocks are wrong. */
    private long ageMillis;

    private long lookedAtMillis;
    private boolean looked;

    @Override
    public SequenceVerdict verdictOn(BatchHeader batch) {
        if (!isCounted(batch)) {
            return SequenceVerdict.Fits.FITS;
        }
        KnownProducer producer = producers.get(batch.producerId());
        return producer == null ? SequenceVerdict.Fits.FITS : producer.verdictOn(batch);
    }

    /** Takes note of a batch that is in the log now. */
    public void note(BatchHeader batch, long nowMillis, int producersMax) {
        if (isCounted(batch)) {
            look(nowMillis);
            take(batch, producersMax);
        }
    }

    /** Takes note of a batch that was found in the log: its producer counts as heard now, whenever that was. */
    public void noteFound(BatchHeader batch, int producersMax) {
        if (isCounted(batch)) {
            take(batch, producersMax);
        }
    }

    private void look(long nowMillis) {
        if (looked) {
            ageMillis += Math.clamp(nowMillis - lookedAtMillis, 0, STEP_MILLIS_MAX);
        }
        looked = true;
        lookedAtMillis = nowMillis;
    }

    private void take(BatchHeader batch, int producersMax) {
        KnownProducer known = producers.get(batch.producerId());
        KnownProducer producer = known == null ? new KnownProducer(batch.producerId(), batch.producerEpoch()) : known;
        producer.note(batch);
        producer.seenAt(ageMillis);
        producers.putLast(batch.producerId(), producer);
        while (producers.size() > producersMax) {
            producers.pollFirstEntry();
        }
    }

    /** Forgets producers that were idle for so long, while this was watched. */
    public void expire(long nowMillis, long idleMillisMax) {
        look(nowMillis);
        while (!producers.isEmpty()
                && ageMillis - producers.firstEntry().getValue().seenMillis() >= idleMillisMax) {
            producers.pollFirstEntry();
        }
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

    @Override
    public int count() {
        return producers.size();
    }

    @Override
    public List<ActiveProducer> active() {
        return producers.values().stream().map(KnownProducer::active).toList();
    }

    List<KnownProducer> oldestFirst() {
        return List.copyOf(producers.values());
    }

    long ageMillis() {
        return ageMillis;
    }

    /** Takes over what was written down, instead of what is known. */
    void restore(long writtenAgeMillis, List<KnownProducer> oldestFirst) {
        producers.clear();
        ageMillis = writtenAgeMillis;
        oldestFirst.forEach(producer -> producers.putLast(producer.producerId(), producer));
    }

    private static boolean isCounted(BatchHeader batch) {
        return batch.producerId() >= 0 && !batch.isControl();
    }
}
