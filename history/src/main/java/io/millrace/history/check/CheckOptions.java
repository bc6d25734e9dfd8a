package io.millrace.history.check;

/**
 * What a run must have done before "no finding" counts as valid, and how much is kept of what is found.
 *
 * @param leastAcknowledgedWrites writes that were acknowledged as durable, over all partitions
 * @param leastFinallyReadRecords records that final readers returned, over all partitions
 * @param everyPartitionFinallyRead whether each partition must have been read, after healing, from the first offset known of
 *     it to the last
 * @param findingsKeptPerKind findings beyond this number are counted, not kept
 */
public record CheckOptions(
        long leastAcknowledgedWrites,
        long leastFinallyReadRecords,
        boolean everyPartitionFinallyRead,
        int findingsKeptPerKind) {
    public CheckOptions {
        if (leastAcknowledgedWrites < 0 || leastFinallyReadRecords < 0 || findingsKeptPerKind < 1) {
            throw new IllegalArgumentException(
                    "least numbers are 0 or more, and one finding per kind is kept at least");
        }
    }

    /** A hundred writes acknowledged and read, every partition read to its end, ten findings kept of each kind. */
    public static CheckOptions standard() {
        return new CheckOptions(100, 100, true, 10);
    }

    public CheckOptions withLeast(long acknowledgedWrites, long finallyReadRecords) {
        return new CheckOptions(acknowledgedWrites, finallyReadRecords, everyPartitionFinallyRead, findingsKeptPerKind);
    }

    public CheckOptions withoutFinalReads() {
        return new CheckOptions(leastAcknowledgedWrites, 0, false, findingsKeptPerKind);
    }

    public CheckOptions keeping(int findingsPerKind) {
        return new CheckOptions(
                leastAcknowledgedWrites, leastFinallyReadRecords, everyPartitionFinallyRead, findingsPerKind);
    }
}
