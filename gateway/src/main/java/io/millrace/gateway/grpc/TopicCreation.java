package io.millrace.gateway.grpc;

import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicConfig;
import io.millrace.core.metadata.TopicConfigs;
import io.millrace.core.metadata.TopicImage;
import io.millrace.v1.ReplicaAssignment;
import io.millrace.v1.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a CreateTopic asks for, and whether a topic that is there already has it. */
final class TopicCreation {
    private TopicCreation() {}

    static CreateTopicRequest request(io.millrace.v1.CreateTopicRequest request) {
        Topic topic = request.getTopic();
        return new CreateTopicRequest(
                topic.getName(),
                topic.getPartitionCount() == 0 ? CreateTopicRequest.DEFAULT : topic.getPartitionCount(),
                topic.getReplicationFactor() == 0 ? CreateTopicRequest.DEFAULT : topic.getReplicationFactor(),
                topic.getConfigsMap(),
                request.getValidateOnly(),
                assignments(request.getReplicaAssignmentsList()));
    }

    /** The broker ids of each partition, in order. */
    static List<List<Integer>> assignments(List<ReplicaAssignment> assignments) {
        return assignments.stream().map(ReplicaAssignment::getBrokerIdsList).toList();
    }

    /** The topic that is there, if it has all that the request names. */
    static Outcome<TopicImage> accepted(io.millrace.v1.CreateTopicRequest request, TopicImage present) {
        List<String> differences = differences(request.getTopic(), present);
        differencesOfPlaces(assignments(request.getReplicaAssignmentsList()), present)
                .ifPresent(differences::add);
        return differences.isEmpty()
                ? Outcome.done(present)
                : Outcome.refused(new Refusal.TopicExists(
                        present.name(),
                        "Topic '" + present.name() + "' exists already with other settings: "
                                + String.join(", ", differences) + "."));
    }

    private static Optional<String> differencesOfPlaces(List<List<Integer>> wanted, TopicImage present) {
        List<List<Integer>> places =
                present.partitions().stream().map(PartitionImage::replicas).toList();
        return wanted.isEmpty() || wanted.equals(places) ? Optional.empty() : Optional.of("replicas on other brokers");
    }

    private static List<String> differences(Topic wanted, TopicImage present) {
        List<String> differences = new ArrayList<>();
        int partitions = present.partitions().size();
        if (wanted.getPartitionCount() != 0 && wanted.getPartitionCount() != partitions) {
            differences.add(partitions + " partitions rather than " + wanted.getPartitionCount());
        }
        int replicas = present.topic().replicationFactor();
        if (wanted.getReplicationFactor() != 0 && wanted.getReplicationFactor() != replicas) {
            differences.add("replication factor " + replicas + " rather than " + wanted.getReplicationFactor());
        }
        Map<String, String> overrides = present.topic().configs();
        new TreeMap<>(wanted.getConfigsMap()).forEach((name, value) -> {
            String effective = overrides.getOrDefault(
                    name,
                    TopicConfigs.definition(name).map(TopicConfig::defaultValue).orElse(""));
            if (!value.equals(effective)) {
                differences.add(name + " " + effective + " rather than " + value);
            }
        });
        return differences;
    }
}
