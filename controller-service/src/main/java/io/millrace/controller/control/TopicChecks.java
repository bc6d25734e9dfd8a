package io.millrace.controller.control;

import io.millrace.core.api.AlterTopicConfigsRequest;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.TopicConfigs;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What speaks against a wish about a topic. */
final class TopicChecks {
    private final ControlOptions options;

    TopicChecks(ControlOptions options) {
        this.options = options;
    }

    Optional<Refusal> problemOfNew(
            ClusterImage image, CreateTopicRequest request, int partitionCount, int replicationFactor) {
        Optional<String> badName = TopicName.problemOf(request.name());
        if (badName.isPresent()) {
            return Optional.of(new Refusal.InvalidTopicName(shown(request.name()), badName.get()));
        }
        if (image.topic(request.name()).isPresent()) {
            return Optional.of(new Refusal.TopicExists(request.name()));
        }
        return problemOfCount(image, partitionCount, partitionCount)
                .or(() -> problemOfManyReplicas(replicationFactor))
                .or(() -> problemOfPlaces(image, request.assignments(), 0, partitionCount, replicationFactor))
                .or(() -> problemOfConfigs(request.configs()))
                .or(() -> problemOfOneMoreTopic(image));
    }

    Optional<Refusal> problemOfWidening(
            ClusterImage image, TopicImage topic, int partitionCount, List<List<Integer>> assignments) {
        int present = topic.partitions().size();
        if (partitionCount <= present) {
            return Optional.of(new Refusal.InvalidPartitionCount("Topic '" + topic.name() + "' has " + present
                    + " partitions, and their number only grows; " + partitionCount + " is not more."));
        }
        return problemOfCount(image, partitionCount, partitionCount - present)
                .or(() -> problemOfPlaces(
                        image,
                        assignments,
                        present,
                        partitionCount - present,
                        topic.topic().replicationFactor()));
    }

    static Optional<Refusal> problemOfAlteration(AlterTopicConfigsRequest request) {
        for (String name : request.reset()) {
            if (TopicConfigs.definition(name).isEmpty()) {
                return TopicConfigs.problemOf(name, "").map(problem -> new Refusal.InvalidConfig(shown(name), problem));
            }
            if (request.set().containsKey(name)) {
                return Optional.of(new Refusal.InvalidConfig(
                        name, "Config '" + name + "' cannot be set and reset in one request."));
            }
        }
        return problemOfConfigs(request.set());
    }

    /** A name in a refusal, cut off when it is longer than any topic's. */
    static String shown(String name) {
        return name.length() <= TopicName.LENGTH_MAX ? name : name.substring(0, TopicName.LENGTH_MAX) + "...";
    }

    private Optional<Refusal> problemOfCount(ClusterImage image, int partitionCount, int added) {
        if (partitionCount < 1 || partitionCount > options.partitionsPerTopicMax()) {
            return Optional.of(new Refusal.InvalidPartitionCount("A topic has 1 to " + options.partitionsPerTopicMax()
                    + " partitions, not " + partitionCount + "."));
        }
        long present = image.topics().values().stream()
                .mapToLong(topic -> topic.partitions().size())
                .sum();
        if (present + added > options.partitionsMax()) {
            return Optional.of(new Refusal.InvalidPartitionCount("The cluster has " + present + " partitions and takes "
                    + options.partitionsMax() + " at most; " + added + " more do not fit."));
        }
        return Optional.empty();
    }

    private static Optional<Refusal> problemOfPlaces(
            ClusterImage image, List<List<Integer>> assignments, int from, int added, int replicationFactor) {
        return assignments.isEmpty()
                ? problemOfReplication(image, replicationFactor)
                : AssignmentCheck.problemOf(image, assignments, from, added, replicationFactor);
    }

    private Optional<Refusal> problemOfManyReplicas(int replicationFactor) {
        return replicationFactor <= options.replicationFactorMax()
                ? Optional.empty()
                : Optional.of(new Refusal.InvalidReplicationFactor("A partition has at most "
                        + options.replicationFactorMax() + " replicas here, not " + replicationFactor
                        + " (millrace.controller.topics.replication-factor-max)."));
    }

    private static Optional<Refusal> problemOfReplication(ClusterImage image, int replicationFactor) {
        int brokers = image.brokers().size();
        if (replicationFactor < 1) {
            return Optional.of(new Refusal.InvalidReplicationFactor(
                    "A topic has a replication factor of 1 or more, not " + replicationFactor + "."));
        }
        if (replicationFactor > brokers) {
            return Optional.of(new Refusal.InvalidReplicationFactor("A replication factor of " + replicationFactor
                    + " needs as many brokers; the cluster has " + brokers + "."));
        }
        return Optional.empty();
    }

    private static Optional<Refusal> problemOfConfigs(Map<String, String> configs) {
        for (Map.Entry<String, String> config : new TreeMap<>(configs).entrySet()) {
            Optional<String> problem = TopicConfigs.problemOf(config.getKey(), config.getValue());
            if (problem.isPresent()) {
                return Optional.of(new Refusal.InvalidConfig(shown(config.getKey()), problem.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> problemOfOneMoreTopic(ClusterImage image) {
        return image.topics().size() < options.topicsMax()
                ? Optional.empty()
                : Optional.of(new Refusal.InvalidRequest(
                        "The cluster takes " + options.topicsMax() + " topics at most, and has as many."));
    }
}
