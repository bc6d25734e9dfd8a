package io.millrace.simulation.workload;

import io.millrace.core.api.Refusal;

/** What a refused write tells its producer. */
final class Refusals {
    private Refusals() {}

    /**
     * Whether nothing of the write was stored, nor will be. A broker whose disk fails does not know, nor does whoever waited
     * in vain. A refusal that finds fault with the batch itself is a bug: users write legal batches.
     */
    static boolean saysNothingWasStored(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NotLeader ignored -> true;
            case Refusal.LeaderNotAvailable ignored -> true;
            case Refusal.NotEnoughReplicas ignored -> true;
            case Refusal.StaleEpoch ignored -> true;
            case Refusal.Overloaded ignored -> true;
            case Refusal.ControllerNotAvailable ignored -> true;
            case Refusal.ShuttingDown ignored -> true;
            case Refusal.UnknownTopic ignored -> true;
            case Refusal.UnknownPartition ignored -> true;
            case Refusal.StorageFailed ignored -> false;
            case Refusal.TimedOut ignored -> false;
            default -> throw new IllegalStateException("A write was refused as none should be: " + refusal);
        };
    }
}
