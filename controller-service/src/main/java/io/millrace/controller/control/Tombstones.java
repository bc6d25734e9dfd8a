package io.millrace.controller.control;

import io.millrace.controller.liveness.BrokerLeases;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.TopicDeletion;
import io.millrace.core.model.TopicId;
import io.millrace.core.statemachine.Decision;
import io.millrace.core.statemachine.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When the tombstone of a deleted topic may go: after the grace period, and only when every registered broker has
 * reported a picture that contains it, for a broker that never saw it would keep the topic's logs for ever.
 *
 * <p>Confined to the controller's event loop.
 */
final class Tombstones {
    private final Duration grace;
    private final BrokerLeases leases;
    private final Map<TopicId, Long> seenFrom = new HashMap<>(); // looked up by id only

    Tombstones(Duration grace, BrokerLeases leases) {
        this.grace = grace;
        this.leases = leases;
    }

    /** Takes note of the tombstones of a picture, which may be older than its version. */
    void load(ClusterImage image) {
        seenFrom.clear();
        image.deletedTopics().keySet().forEach(id -> seenFrom.put(id, image.version()));
    }

    /** Takes note of a tombstone that came with a version. */
    void added(TopicId id, long version) {
        seenFrom.put(id, version);
    }

    /** Takes note that a tombstone has gone. */
    void removed(TopicId id) {
        seenFrom.remove(id);
    }

    /** Removes the tombstones that have done their work; yields their number. */
    Decision<MetadataKey, MetadataRecord, Integer> expire(ClusterImage image, Turn turn) {
        List<TopicDeletion> done = new ArrayList<>();
        for (TopicDeletion tombstone : image.deletedTopics().values()) {
            boolean graceOver = turn.wallMillis() - tombstone.deletedAtMillis() >= grace.toMillis();
            if (graceOver && everyBrokerSaw(image, tombstone.topicId())) {
                done.add(tombstone);
            }
        }
        done.sort(Comparator.comparing(tombstone -> tombstone.topicId().toString()));
        Changes changes = new Changes();
        done.forEach(tombstone -> changes.remove(tombstone.key()));
        return Decision.of(changes.list(), done.size());
    }

    private boolean everyBrokerSaw(ClusterImage image, TopicId id) {
        long version = seenFrom.getOrDefault(id, Long.MAX_VALUE);
        return image.brokers().keySet().stream().allMatch(broker -> leases.reportedVersion(broker) >= version);
    }
}
