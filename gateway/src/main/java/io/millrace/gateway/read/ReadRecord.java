package io.millrace.gateway.read;

import io.millrace.core.model.TimestampType;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.LogRecord;

/** A record as read from a partition, with what its batch says about it. */
public record ReadRecord(TopicPartition partition, int leaderEpoch, TimestampType timestampType, LogRecord record) {}
