package io.millrace.core.metadata;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The quotas of one entity.
 *
 * @param limits by kind, in the unit of each; never empty, as an entity without limits has no record
 */
public record QuotaRecord(QuotaEntity entity, SortedMap<QuotaKind, Double> limits) implements MetadataRecord {
    public QuotaRecord {
        if (limits.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to record about " + entity + " without a limit");
        }
        limits = Collections.unmodifiableSortedMap(new TreeMap<>(limits));
    }

    @Override
    public MetadataKey key() {
        return new MetadataKey.Quota(entity);
    }
}
