package io.millrace.gateway.grpc;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicName;
import io.millrace.core.model.TopicPartition;
import java.util.Optional;

/** Partitions in requests and responses. */
final class Partitions {
    private Partitions() {}

    static Outcome<TopicPartition> of(String topic, int partition) {
        Optional<String> problem = TopicName.problemOf(topic);
        if (problem.isPresent()) {
            return Outcome.refused(new Refusal.InvalidTopicName(topic, problem.get()));
        }
        return partition >= 0
                ? Outcome.done(new TopicPartition(topic, partition))
                : Outcome.refused(
                        new Refusal.InvalidRequest("Partitions are numbered from 0; " + partition + " is none."));
    }

    static io.millrace.v1.TopicPartition message(TopicPartition partition) {
        return io.millrace.v1.TopicPartition.newBuilder()
                .setTopic(partition.topic())
                .setPartition(partition.partition())
                .build();
    }
}
