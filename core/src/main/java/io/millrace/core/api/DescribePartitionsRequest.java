package io.millrace.core.api;

import io.millrace.core.model.TopicPartition;
import java.util.List;

/** A request for the state of partitions. */
public record DescribePartitionsRequest(List<TopicPartition> partitions) {
    public DescribePartitionsRequest {
        partitions = List.copyOf(partitions);
    }
}
