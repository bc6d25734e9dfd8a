package io.millrace.history;

/**
 * One poll of a partition; its records are in {@link Polls}.
 *
 * @param firstOffset the offset of the first record as it came; without meaning when there is none
 * @param lastOffset the offset of the last record as it came
 */
public record Poll(
        int id,
        Consumer consumer,
        Partition partition,
        long from,
        long invokedNanos,
        long endedNanos,
        boolean failed,
        int records,
        long firstOffset,
        long lastOffset)
        implements Operation {
    @Override
    public String toString() {
        String offsets = records == 0 ? "" : ", offsets " + firstOffset + " to " + lastOffset;
        String told = failed ? "failed" : records + " records" + offsets;
        return "poll " + id + " of " + partition + " from offset " + from + " by " + consumer.name() + " (invoked "
                + invokedNanos + ", ended " + endedNanos + "): " + told;
    }
}
