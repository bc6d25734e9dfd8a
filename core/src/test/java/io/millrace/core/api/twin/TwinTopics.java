package io.millrace.core.api.twin;

import io.millrace.core.api.HeldReplica;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The topics of an {@link InMemoryBroker}, by name. */
final class TwinTopics {
    private final Map<String, Topic> topics = new TreeMap<>();

    /** Adds or widens a topic; another id under the same name is another topic with new logs. */
    void put(TopicId id, String name, int partitions, Map<String, String> configs) {
        Topic before = topics.get(name);
        List<TwinPartition> logs = before != null && before.id.equals(id) ? before.logs : new ArrayList<>();
        while (logs.size() < partitions) {
            logs.add(new TwinPartition(new TopicPartition(name, logs.size())));
        }
        logs.forEach(log -> log.configure(configs));
        topics.put(name, new Topic(id, logs));
    }

    void remove(String name) {
        topics.remove(name);
    }

    void retain(Set<String> names) {
        topics.keySet().retainAll(names);
    }

    void setLeaderEpoch(TopicPartition partition, int leaderEpoch) {
        Topic topic = topics.get(partition.topic());
        if (topic == null) {
            throw new IllegalArgumentException("The test has not created topic " + partition.topic());
        }
        topic.logs.get(partition.partition()).setLeaderEpoch(leaderEpoch);
    }

    /** Asks a partition, or says that there is none. */
    <T> Outcome<T> ask(TopicPartition partition, Function<TwinPartition, Outcome<T>> question) {
        Topic topic = topics.get(partition.topic());
        if (topic == null) {
            return Outcome.refused(new Refusal.UnknownTopic(partition.topic()));
        }
        if (partition.partition() >= topic.logs.size()) {
            return Outcome.refused(new Refusal.UnknownPartition(partition, topic.logs.size()));
        }
        return question.apply(topic.logs.get(partition.partition()));
    }

    int partitionCount() {
        return topics.values().stream().mapToInt(topic -> topic.logs.size()).sum();
    }

    long bytes() {
        return topics.values().stream()
                .flatMap(topic -> topic.logs.stream())
                .mapToLong(log -> log.status().sizeBytes())
                .sum();
    }

    List<HeldReplica> replicas() {
        return topics.values().stream()
                .flatMap(topic -> topic.logs.stream())
                .map(TwinPartition::held)
                .toList();
    }

    private record Topic(TopicId id, List<TwinPartition> logs) {}
}
