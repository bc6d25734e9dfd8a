package io.millrace.gateway.kafka.handler;

import io.millrace.core.metadata.QuotaKind;

/**
 * Partitions that a request creates, adds or deletes, under the quota for that (KIP-599). A client that knows of it is refused what
 * is over; for others it is done, and they have to wait afterwards.
 */
public final class PartitionMutations {
    /** What to say to whoever is refused; the response tells when to come again. */
    public static final String REFUSAL =
            "The quota " + QuotaKind.CONTROLLER_MUTATION_RATE.configName() + " of this client is used up for now.";

    private final Call call;
    private final boolean refuses;

    private PartitionMutations(Call call, boolean refuses) {
        this.call = call;
        this.refuses = refuses;
    }

    /**
     * Those of a request.
     *
     * @param refusedFrom the version from which on its clients know of the quota
     */
    public static PartitionMutations of(Call call, int refusedFrom) {
        return new PartitionMutations(call, call.version() >= refusedFrom);
    }

    /** Those of a request that is never refused. */
    static PartitionMutations allowed(Call call) {
        return new PartitionMutations(call, false);
    }

    /** Takes so many partitions from the quota, or says that it is used up. */
    public boolean begin(int partitions) {
        if (refuses) {
            return call.tryCharge(QuotaKind.CONTROLLER_MUTATION_RATE, partitions);
        }
        call.charge(QuotaKind.CONTROLLER_MUTATION_RATE, partitions);
        return true;
    }

    /** What was begun has ended: that many partitions have come or gone. */
    public void ended(int begun, int done) {
        call.correct(QuotaKind.CONTROLLER_MUTATION_RATE, done - begun);
    }
}
