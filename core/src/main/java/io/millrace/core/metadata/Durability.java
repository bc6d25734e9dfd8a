package io.millrace.core.metadata;

/** When a record of a topic counts as stored by one replica. */
public enum Durability {
    /** When the disk has confirmed it: it outlives a loss of power. */
    FSYNC,
    /** When the operating system has it: it outlives a crash of the process, and only replication guards against more. */
    PAGE_CACHE
}
