package io.millrace.gateway.rest.read;

import io.millrace.core.model.TopicPartition;
import java.util.List;

/** What a path names to be read: partitions of one topic. */
record ReadTarget(String topic, List<TopicPartition> partitions) {}
