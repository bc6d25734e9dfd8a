package io.millrace.core.model;

/** Who set the timestamps of a batch (KIP-32): its producer, or the broker when it was appended. */
public enum TimestampType {
    CREATE_TIME,
    LOG_APPEND_TIME
}
