package io.millrace.gateway.kafka.handler.admin;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.ControllerApi;
import io.millrace.gateway.kafka.handler.FrameApi;
import io.millrace.gateway.partitions.ReplicaChanges;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.TopicChanges;
import java.util.List;

/** What operators ask about topics, partitions and replicas. */
public record AdminApis(
        BrokerApi brokers, ControllerApi controller, MetadataView view, TopicChanges topics, ReplicaChanges replicas) {
    /** A handler of each API. */
    public List<FrameApi> handlers() {
        return List.of(
                new CreatePartitionsHandler(view, topics),
                new DeleteRecordsHandler(brokers),
                new OffsetForLeaderEpochHandler(brokers),
                new DescribeTopicPartitionsHandler(view),
                new DescribeLogDirsHandler(brokers),
                new DescribeProducersHandler(brokers),
                new ElectLeadersHandler(replicas),
                new AlterPartitionReassignmentsHandler(replicas, view),
                new ListPartitionReassignmentsHandler(view),
                new UpdateFeaturesHandler(),
                new DescribeUserScramCredentialsHandler(),
                new UnregisterBrokerHandler(controller));
    }
}
