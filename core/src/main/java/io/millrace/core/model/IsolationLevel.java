package io.millrace.core.model;

/** What a reader sees of transactions (KIP-98). */
public enum IsolationLevel {
    READ_UNCOMMITTED,
    READ_COMMITTED
}
