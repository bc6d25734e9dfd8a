package io.millrace.core.model;

/**
 * One partition of a topic, named as clients name it.
 *
 * @param topic a legal topic name, see {@link TopicName}
 * @param partition 0 or more
 */
public record TopicPartition(String topic, int partition) {
    public TopicPartition {
        if (partition < 0) {
            throw new IllegalArgumentException("partition must be 0 or more, not " + partition);
        }
    }

    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
