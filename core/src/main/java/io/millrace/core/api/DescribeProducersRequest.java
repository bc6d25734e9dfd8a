package io.millrace.core.api;

import io.millrace.core.model.TopicPartition;
import java.util.List;

/**
 * A request for the producers of partitions.
 *
 * @param producersMax a partition that knows more is refused as InvalidRequest: half of an answer could not be told from a whole one
 */
public record DescribeProducersRequest(List<TopicPartition> partitions, int producersMax) {
    public DescribeProducersRequest {
        partitions = List.copyOf(partitions);
    }
}
