package io.millrace.broker.log;

/**
 * Why a batch that a leader sent was not appended.
 *
 * @param offset the log end offset there
 * @param message a full sentence
 */
public record ReceivedProblem(Kind kind, long offset, String message) {
    /** What sort of problem. */
    public enum Kind {
        /** The bytes are no intact batch: they were damaged at the leader or on the way. */
        DAMAGED,

        /** The batch does not begin where the log ends. */
        NOT_CONTINUOUS,

        /** The leader epoch is below that of the batch before, or above that of the leader who sent it. */
        IMPOSSIBLE_EPOCH
    }
}
