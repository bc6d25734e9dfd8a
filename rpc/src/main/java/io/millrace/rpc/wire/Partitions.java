package io.millrace.rpc.wire;

import io.millrace.core.model.TopicName;
import io.millrace.core.model.TopicPartition;
import java.util.Optional;

/** Partitions as clients name them. */
public final class Partitions {
    private Partitions() {}

    /** Cannot fail. */
    public static io.millrace.internal.v1.TopicPartition encode(TopicPartition partition) {
        return io.millrace.internal.v1.TopicPartition.newBuilder()
                .setTopic(partition.topic())
                .setPartition(partition.partition())
                .build();
    }

    /** Refuses illegal topic names and negative numbers. */
    public static TopicPartition decode(io.millrace.internal.v1.TopicPartition message)
            throws MalformedMessageException {
        Optional<String> problem = TopicName.problemOf(message.getTopic());
        if (problem.isPresent()) {
            throw new MalformedMessageException(problem.get());
        }
        return decodeAnyName(message);
    }

    /** For refusals, which may be about a name that is illegal. */
    static TopicPartition decodeAnyName(io.millrace.internal.v1.TopicPartition message)
            throws MalformedMessageException {
        if (message.getPartition() < 0) {
            throw new MalformedMessageException(
                    "Partitions are numbered from 0; " + message.getPartition() + " is impossible.");
        }
        return new TopicPartition(message.getTopic(), message.getPartition());
    }
}
