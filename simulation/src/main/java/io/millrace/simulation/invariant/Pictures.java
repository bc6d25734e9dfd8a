package io.millrace.simulation.invariant;

import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the partitions were at each version: a picture that shows anything else rests on a decision that was never committed. */
final class Pictures {
    private final Map<Long, Map<MetadataKey, PartitionImage>> versions = new LinkedHashMap<>();

    /** The store has come to this version. */
    void committed(long version, Map<MetadataKey, PartitionImage> partitions) {
        versions.computeIfAbsent(version, _ -> new LinkedHashMap<>(partitions));
    }

    /** Somebody sees this. */
    void seen(ClusterImage image, String by) {
        @Nullable Map<MetadataKey, PartitionImage> committed = versions.get(image.version());
        if (committed == null) {
            return; // from before the first decision
        }
        List<PartitionImage> shown = new ArrayList<>();
        for (TopicImage topic : image.topics().values()) {
            shown.addAll(topic.partitions());
        }
        boolean same = shown.size() == committed.size()
                && shown.stream().allMatch(partition -> partition.equals(committed.get(partition.key())));
        if (!same) {
            throw new AssertionError("At version " + image.version() + " " + by + " sees " + shown + ", but "
                    + committed.values() + " was committed");
        }
    }
}
