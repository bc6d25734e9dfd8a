package io.millrace.history;

/** How a write ended, as its producer knows it. */
public enum Outcome {
    /** Acknowledged. */
    OK,
    /** The last attempt certainly stored nothing. */
    FAILED,
    /** A timeout, a lost connection, a killed process: it may be stored, now or later. A write that never ended counts as this. */
    UNKNOWN
}
