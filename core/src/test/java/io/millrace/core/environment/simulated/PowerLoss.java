package io.millrace.core.environment.simulated;

/** What a loss of power does with all that was not synced. */
public enum PowerLoss {
    /** It is gone. */
    LOSES_ALL,
    /** It is there, and still not synced: only the process died, so that a later loss may take it. */
    LOSES_NOTHING,
    /** Of each file and directory the earliest changes are there, the last of them torn at any byte. */
    KEEPS_A_PREFIX,
    /** Any changes are there, of writes any sectors; a file may be as long as it was and hold zeros instead. */
    KEEPS_ANY
}
