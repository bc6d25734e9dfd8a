package io.millrace.gateway.kafka.handler.admin;

import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.metadata.TopicImage;
import io.millrace.gateway.kafka.handler.ApiHandler;
import io.millrace.gateway.kafka.handler.Call;
import io.millrace.gateway.routing.MetadataView;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.ListPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.ListPartitionReassignmentsRequestData.ListPartitionReassignmentsTopics;
import org.apache.kafka.common.message.ListPartitionReassignmentsResponseData;
import org.apache.kafka.common.message.ListPartitionReassignmentsResponseData.OngoingPartitionReassignment;
import org.apache.kafka.common.message.ListPartitionReassignmentsResponseData.OngoingTopicReassignment;
import org.apache.kafka.common.protocol.ApiKeys;

/** ListPartitionReassignments (KIP-455): the moves that are under way. What is not being moved, or not there, is left out. */
final class ListPartitionReassignmentsHandler implements ApiHandler<ListPartitionReassignmentsRequestData> {
    private final MetadataView view;

    ListPartitionReassignmentsHandler(MetadataView view) {
        this.view = view;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.LIST_PARTITION_REASSIGNMENTS, 0, 0);
    }

    @Override
    public void handle(ListPartitionReassignmentsRequestData request, Call call) {
        ListPartitionReassignmentsResponseData response = new ListPartitionReassignmentsResponseData();
        if (request.topics() == null) {
            view.image().topics().values().forEach(topic -> add(response, topic, topic.partitions()));
        } else {
            request.topics()
                    .forEach(asked -> view.image()
                            .topic(asked.name())
                            .ifPresent(topic -> add(response, topic, named(topic, asked))));
        }
        call.reply(response);
    }

    private static List<PartitionImage> named(TopicImage topic, ListPartitionReassignmentsTopics asked) {
        return asked.partitionIndexes().stream()
                .flatMap(number -> topic.partition(number).stream())
                .toList();
    }

    private static void add(
            ListPartitionReassignmentsResponseData response, TopicImage topic, List<PartitionImage> partitions) {
        List<OngoingPartitionReassignment> moving = new ArrayList<>();
        for (PartitionImage partition : partitions) {
            Reassignment reassignment = partition.reassignment();
            if (reassignment != null) {
                moving.add(move(partition, reassignment));
            }
        }
        if (!moving.isEmpty()) {
            response.topics()
                    .add(new OngoingTopicReassignment().setName(topic.name()).setPartitions(moving));
        }
    }

    private static OngoingPartitionReassignment move(PartitionImage partition, Reassignment reassignment) {
        return new OngoingPartitionReassignment()
                .setPartitionIndex(partition.partition())
                .setReplicas(partition.replicas())
                .setAddingReplicas(reassignment.adding())
                .setRemovingReplicas(reassignment.removing());
    }
}
