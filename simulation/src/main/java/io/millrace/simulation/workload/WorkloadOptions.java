package io.millrace.simulation.workload;

import java.time.Duration;

/**
 * How busy users are.
 *
 * @param producers that send again what may be stored, and then find it twice perhaps
 * @param idempotentProducers whose batches have sequence numbers, and must not be there twice; where there are any, one more
 *     user repeats whole requests under a key
 * @param pauseMax between an answer and the next request of the same user, at most
 * @param batchRecordsMax records that a producer puts into one batch, at most
 * @param leaderAcksOneIn so seldom a producer is content with the leader's word
 * @param paddingBytesMax what a record has besides its number, at most
 */
public record WorkloadOptions(
        int producers,
        int idempotentProducers,
        int consumers,
        Duration pauseMax,
        int batchRecordsMax,
        int leaderAcksOneIn,
        int paddingBytesMax) {
    /** A few users that keep every partition in use. */
    public static final WorkloadOptions DEFAULTS = new WorkloadOptions(3, 2, 2, Duration.ofMillis(150), 4, 8, 60);

    /** The same with other pauses. */
    public WorkloadOptions with(Duration otherPauseMax) {
        return new WorkloadOptions(
                producers,
                idempotentProducers,
                consumers,
                otherPauseMax,
                batchRecordsMax,
                leaderAcksOneIn,
                paddingBytesMax);
    }
}
