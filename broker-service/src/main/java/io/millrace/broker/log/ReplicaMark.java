package io.millrace.broker.log;

/**
 * What was known of a replica when it was last written down: a lower bound of what it held.
 *
 * @param highWatermark offset before which everything was committed, as far as this replica knew
 * @param durableEnd offset before which everything was synced here
 */
public record ReplicaMark(long highWatermark, long durableEnd) {}
