package io.millrace.history;

/** What a producer's repeated attempts at one write may leave in the log. */
public enum Retrying {
    /** One copy at most, however often it was attempted. */
    IDEMPOTENT,
    /** One copy for each attempt that was acknowledged or whose fate is unknown. */
    MAY_DUPLICATE
}
