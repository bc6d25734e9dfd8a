package io.millrace.broker.log;

/**
 * What a log must know of itself before it looks at its segments.
 *
 * @param logStartOffset the first offset that may be read
 * @param recoveryPoint the base offset of a segment: those before it are synced in full, indexes and names too
 * @param cleanEndOffset the log end offset when the log was closed in order, or {@link #NOT_CLEAN}
 * @param cleanBytes the size of the last segment then
 */
record Checkpoint(long logStartOffset, long recoveryPoint, long cleanEndOffset, long cleanBytes) {
    static final long NOT_CLEAN = -1;

    static Checkpoint unclean(long logStartOffset, long recoveryPoint) {
        return new Checkpoint(logStartOffset, recoveryPoint, NOT_CLEAN, 0);
    }

    boolean isClean() {
        return cleanEndOffset != NOT_CLEAN;
    }

    Checkpoint withLogStart(long offset) {
        return new Checkpoint(offset, recoveryPoint, cleanEndOffset, cleanBytes);
    }

    Checkpoint withRecoveryPoint(long offset) {
        return new Checkpoint(logStartOffset, offset, cleanEndOffset, cleanBytes);
    }

    Checkpoint withoutCleanMark() {
        return unclean(logStartOffset, recoveryPoint);
    }

    Checkpoint withCleanMark(long endOffset, long lastSegmentBytes) {
        return new Checkpoint(logStartOffset, recoveryPoint, endOffset, lastSegmentBytes);
    }
}
