package io.millrace.core.api;

import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.model.TopicPartition;

/** What a request has made of a partition. */
public record PartitionChanged(TopicPartition name, PartitionImage partition) {}
