package io.millrace.core.api;

/** How much is told of log directories. */
public enum LogDirectoryDetail {
    /** What they are and what they hold altogether. */
    SUMMARY,
    /** Also each replica in them, of which there may be many thousands. */
    REPLICAS
}
