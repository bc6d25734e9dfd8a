package io.millrace.gateway.kafka.handler;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;

/**
 * What a consumer wants of one partition.
 *
 * @param topic its name; empty where topics have ids
 * @param topicId zero where topics have names
 */
record FetchWish(String topic, Uuid topicId, FetchPartition part) {
    /** Which partition, without what is wanted of it. */
    Key key() {
        return new Key(topic, topicId, part.partition());
    }

    /** A partition as the client names it. */
    record Key(String topic, Uuid topicId, int partition) {}
}
