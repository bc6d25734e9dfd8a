package io.millrace.core.metadata;

import io.millrace.core.model.TopicId;

/**
 * The tombstone of a topic: the only thing that allows a broker to delete its logs. A topic that is merely missing from a
 * picture is never deleted.
 *
 * @param deletedAtMillis wall-clock time of the decision; the tombstone stays at least for the grace period after it
 */
public record TopicDeletion(TopicId topicId, String name, int partitionCount, long deletedAtMillis)
        implements MetadataRecord {
    @Override
    public MetadataKey key() {
        return new MetadataKey.DeletedTopic(topicId);
    }
}
