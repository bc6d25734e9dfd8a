package io.millrace.history;

/** One produced value: the value is its number in the history, so no two writes share one. */
public record Write(
        long value,
        Producer producer,
        Partition partition,
        Promise promise,
        int attempts,
        long invokedNanos,
        long endedNanos,
        Outcome outcome,
        long offset)
        implements Operation {
    @Override
    public String toString() {
        String told =
                outcome == Outcome.OK && offset != Writes.NO_OFFSET ? "OK at offset " + offset : outcome.toString();
        String ended = endedNanos == Writes.NEVER ? "never ended" : "ended " + endedNanos;
        return "write of " + value + " to " + partition + " by " + producer.name() + " (" + promise + ", attempts "
                + attempts + ", invoked " + invokedNanos + ", " + ended + "): " + told;
    }
}
