package io.millrace.core.metadata;

/**
 * How many producer ids were given. It only grows, so that no id is given twice, whoever decides.
 *
 * @param nextId the first that was not given yet
 */
public record ProducerIdsRecord(long nextId) implements MetadataRecord {
    @Override
    public MetadataKey key() {
        return MetadataKey.ProducerIds.KEY;
    }
}
