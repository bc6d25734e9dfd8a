package io.millrace.controller.control;

import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.statemachine.Change;
import java.util.ArrayList;
import java.util.List;

/** The changes of a decision as they are gathered, in the order in which they are to be written. */
final class Changes {
    private final List<Change<MetadataKey, MetadataRecord>> changes = new ArrayList<>();

    Changes put(MetadataRecord fact) {
        changes.add(new Change.Put<>(fact.key(), fact));
        return this;
    }

    Changes putAll(List<? extends MetadataRecord> facts) {
        facts.forEach(this::put);
        return this;
    }

    /** Puts partitions of the picture, and behind them what becomes of their topics' replication factors. */
    Changes putPartitions(ClusterImage image, List<PartitionImage> partitions) {
        return putAll(partitions).putAll(ReplicationFactors.following(image, partitions));
    }

    Changes remove(MetadataKey key) {
        changes.add(new Change.Remove<>(key));
        return this;
    }

    List<Change<MetadataKey, MetadataRecord>> list() {
        return List.copyOf(changes);
    }

    /** The same changes as steps of the picture. */
    static List<MetadataChange> ofPicture(List<Change<MetadataKey, MetadataRecord>> changes) {
        List<MetadataChange> steps = new ArrayList<>(changes.size());
        for (Change<MetadataKey, MetadataRecord> change : changes) {
            steps.add(
                    switch (change) {
                        case Change.Put<MetadataKey, MetadataRecord>(MetadataKey key, MetadataRecord fact) ->
                            new MetadataChange.Put(fact);
                        case Change.Remove<MetadataKey, MetadataRecord>(MetadataKey key) ->
                            new MetadataChange.Removed(key);
                    });
        }
        return steps;
    }
}
