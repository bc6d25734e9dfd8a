package io.millrace.broker.log.producers;

/** How a batch fits to what its producer wrote before. */
public sealed interface SequenceVerdict {
    /** It comes next, or nobody counts. */
    enum Fits implements SequenceVerdict {
        FITS
    }

    /** It is in the log already: this one. */
    record Repeats(ProducerBatch original) implements SequenceVerdict {}

    /** It must not be appended. */
    sealed interface Misfit extends SequenceVerdict {}

    /**
     * It is in the log already, but the last batches that are remembered are all later ones.
     *
     * @param beforeOffset it lies before this offset
     */
    record RepeatsLongAgo(long beforeOffset) implements Misfit {}

    /** Something is missing before it, or it is not as the one that it repeats. */
    record OutOfOrder(int expectedSequence) implements Misfit {}

    /** The producer has a later epoch. */
    record OldEpoch(short presentEpoch) implements Misfit {}
}
