package io.millrace.core.metadata;

import io.millrace.core.model.TopicId;

/** What a {@link MetadataRecord} is about. */
public sealed interface MetadataKey {
    /** A broker, alive or not. */
    record Broker(int brokerId) implements MetadataKey {}

    /** A topic with its configuration. */
    record Topic(TopicId topicId) implements MetadataKey {}

    /** Leader, in-sync set and replicas of one partition. */
    record Partition(TopicId topicId, int partition) implements MetadataKey {}

    /** The tombstone of a topic. */
    record DeletedTopic(TopicId topicId) implements MetadataKey {}

    /** The producer ids of the whole cluster. */
    record ProducerIds() implements MetadataKey {
        /** There is one such fact. */
        public static final ProducerIds KEY = new ProducerIds();
    }

    /** The quotas of a user, a client id, both, or an address. */
    record Quota(QuotaEntity entity) implements MetadataKey {}
}
