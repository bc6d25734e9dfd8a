package io.millrace.history;

/** One poll of a partition; its records are in {@link Polls}, in rows {@code firstRecord} to {@code firstRecord + records}. */
public record Poll(
        int id,
        Consumer consumer,
        Partition partition,
        long from,
        long invokedNanos,
        long endedNanos,
        boolean failed,
        long firstRecord,
        int records)
        implements Operation {
    @Override
    public String toString() {
        String told = failed ? "failed" : records + " records";
        return "poll " + id + " of " + partition + " from offset " + from + " by " + consumer.name() + " (invoked "
                + invokedNanos + ", ended " + endedNanos + "): " + told;
    }
}
