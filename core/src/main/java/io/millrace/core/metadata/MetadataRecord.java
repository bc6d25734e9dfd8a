package io.millrace.core.metadata;

/**
 * A fact about the cluster. The state of the cluster is the latest record of each key, so facts need no order between
 * keys; a fact ends by the removal of its key.
 */
public sealed interface MetadataRecord
        permits BrokerImage, TopicRecord, PartitionImage, TopicDeletion, ProducerIdsRecord, QuotaRecord {
    /** What the fact is about. */
    MetadataKey key();
}
