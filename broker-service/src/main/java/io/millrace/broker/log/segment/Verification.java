package io.millrace.broker.log.segment;

/** What the verification of a {@link Stretch} has found. */
public sealed interface Verification {
    /** Every batch is intact and follows the one before it. */
    record Intact(VerifyPoint next, int bytes) implements Verification {}

    /**
     * The first thing that is not as it should be. While the log is cut or its segments are deleted, sound ones may look
     * like this, so the log is to be asked whether it agrees.
     */
    record Damaged(LogDamage damage) implements Verification {}
}
