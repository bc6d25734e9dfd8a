package io.millrace.core.environment.simulated;

/** The kinds of operations that can be made to fail. */
public enum DiskOperation {
    READ,
    CREATE,
    WRITE,
    TRUNCATE,
    SYNC,
    RENAME,
    DELETE,
    SYNC_DIRECTORY
}
