package io.millrace.rpc.wire;

import io.millrace.core.api.AddPartitionsRequest;
import io.millrace.core.api.AlterTopicConfigsRequest;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.internal.v1.MetadataRecord;
import io.millrace.internal.v1.ReplicaAssignment;
import io.millrace.internal.v1.TopicResponse;
import java.util.ArrayList;
import java.util.List;
import org.pcollections.TreePVector;

/** Requests that change topics, and the topic that their answers carry. What they ask for is the controller's to judge. */
public final class TopicChanges {
    private TopicChanges() {}

    /** Cannot fail. */
    public static io.millrace.internal.v1.CreateTopicRequest encode(CreateTopicRequest request) {
        return io.millrace.internal.v1.CreateTopicRequest.newBuilder()
                .setName(request.name())
                .setPartitionCount(request.partitionCount())
                .setReplicationFactor(request.replicationFactor())
                .putAllConfigs(request.configs())
                .setValidateOnly(request.validateOnly())
                .addAllAssignments(encode(request.assignments()))
                .build();
    }

    /** Cannot fail. */
    public static CreateTopicRequest decode(io.millrace.internal.v1.CreateTopicRequest from) {
        return new CreateTopicRequest(
                from.getName(),
                from.getPartitionCount(),
                from.getReplicationFactor(),
                from.getConfigsMap(),
                from.getValidateOnly(),
                decode(from.getAssignmentsList()));
    }

    /** Cannot fail. */
    public static io.millrace.internal.v1.AddPartitionsRequest encode(AddPartitionsRequest request) {
        return io.millrace.internal.v1.AddPartitionsRequest.newBuilder()
                .setTopic(request.topic())
                .setPartitionCount(request.partitionCount())
                .setValidateOnly(request.validateOnly())
                .addAllAssignments(encode(request.assignments()))
                .build();
    }

    /** Cannot fail. */
    public static AddPartitionsRequest decode(io.millrace.internal.v1.AddPartitionsRequest from) {
        return new AddPartitionsRequest(
                from.getTopic(), from.getPartitionCount(), from.getValidateOnly(), decode(from.getAssignmentsList()));
    }

    /** Cannot fail. */
    public static io.millrace.internal.v1.AlterTopicConfigsRequest encode(AlterTopicConfigsRequest request) {
        return io.millrace.internal.v1.AlterTopicConfigsRequest.newBuilder()
                .setTopic(request.topic())
                .putAllSet(request.set())
                .addAllReset(request.reset())
                .setValidateOnly(request.validateOnly())
                .build();
    }

    /** Cannot fail. */
    public static AlterTopicConfigsRequest decode(io.millrace.internal.v1.AlterTopicConfigsRequest from) {
        return new AlterTopicConfigsRequest(
                from.getTopic(), from.getSetMap(), from.getResetList(), from.getValidateOnly());
    }

    /** Cannot fail. */
    public static TopicResponse.Topic encode(TopicImage topic) {
        var to = TopicResponse.Topic.newBuilder().setTopic(MetadataFacts.encode(topic.topic()));
        topic.partitions().forEach(partition -> to.addPartitions(PartitionFacts.encode(partition)));
        return to.build();
    }

    /** Refuses a topic whose partitions are not numbered without gaps, or are another topic's. */
    public static TopicImage decode(TopicResponse.Topic from) throws MalformedMessageException {
        TopicRecord topic = MetadataFacts.decode(from.getTopic());
        List<PartitionImage> partitions = new ArrayList<>(from.getPartitionsCount());
        for (MetadataRecord.Partition message : from.getPartitionsList()) {
            PartitionImage partition = PartitionFacts.decode(message);
            if (partition.partition() != partitions.size()
                    || !partition.topicId().equals(topic.topicId())) {
                throw new MalformedMessageException("Partition " + partition.partition() + " of topic id "
                        + partition.topicId() + " is in the place of partition " + partitions.size() + " of topic '"
                        + topic.name() + "', id " + topic.topicId() + ".");
            }
            partitions.add(partition);
        }
        return new TopicImage(topic, TreePVector.from(partitions));
    }

    private static List<ReplicaAssignment> encode(List<List<Integer>> assignments) {
        return assignments.stream()
                .map(brokers ->
                        ReplicaAssignment.newBuilder().addAllBrokerIds(brokers).build())
                .toList();
    }

    private static List<List<Integer>> decode(List<ReplicaAssignment> from) {
        return from.stream().map(ReplicaAssignment::getBrokerIdsList).toList();
    }
}
