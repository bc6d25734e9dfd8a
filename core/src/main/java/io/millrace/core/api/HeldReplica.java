package io.millrace.core.api;

import io.millrace.core.model.TopicPartition;

/**
 * A replica in a log directory.
 *
 * @param sizeBytes of its log files
 * @param lag records that are committed, as far as it knows, and that it does not have
 */
public record HeldReplica(TopicPartition partition, long sizeBytes, long lag) {}
