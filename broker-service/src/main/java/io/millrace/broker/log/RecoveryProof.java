package io.millrace.broker.log;

import java.util.Optional;

/**
 * Whether a replica that the cluster counts on holds all that it must, after its log was opened. One that does not has
 * forgotten records that were acknowledged in its name, and must withdraw before anybody elects it.
 *
 * @param reason a full sentence, with the numbers
 */
public record RecoveryProof(boolean holds, String reason) {
    /**
     * Holds the log's end against the most that is known of what this replica held.
     *
     * @param known what the directory's replica checkpoint says, if anything. Both its numbers are lower bounds: what was
     *     durable here, and what was committed, which every replica that is counted on holds
     * @param committedFloor the high watermark that the controller recorded last for the partition
     */
    public static RecoveryProof of(OpenedLog log, Optional<ReplicaMark> known, long committedFloor) {
        long durableEnd = known.map(ReplicaMark::durableEnd).orElse(0L);
        long highWatermark = known.map(ReplicaMark::highWatermark).orElse(0L);
        String found = found(log);
        if (log.endOffset() < committedFloor) {
            return new RecoveryProof(
                    false,
                    found + " The controller recorded that records before " + committedFloor + " are committed.");
        }
        if (log.endOffset() < durableEnd) {
            return new RecoveryProof(false, found + " It was once durable up to " + durableEnd + ".");
        }
        if (log.endOffset() < highWatermark) {
            return new RecoveryProof(
                    false, found + " Records before " + highWatermark + " were known here to be committed.");
        }
        return new RecoveryProof(
                true,
                found
                        + (known.isEmpty()
                                ? " Nothing is written down that it must hold beyond offset " + committedFloor + "."
                                : " That is all that it must hold."));
    }

    private static String found(OpenedLog log) {
        if (!log.existed()) {
            return "There was no log, and an empty one was created.";
        }
        String ends = " and ends at offset " + log.endOffset() + ".";
        if (log.closedInOrder()) {
            return "The log was closed in order" + ends;
        }
        return "The log was not closed in order, was recovered, "
                + (log.cutBytes() == 0 ? "lost no bytes" : "lost " + log.cutBytes() + " bytes at its end") + ends;
    }
}
