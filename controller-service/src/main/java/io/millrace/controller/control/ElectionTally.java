package io.millrace.controller.control;

import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import java.util.Optional;

/** Counts the elections of one committed decision. */
final class ElectionTally {
    private final ClusterImage before;
    private int leaders;
    private int eligible;
    private int unclean;

    ElectionTally(ClusterImage before) {
        this.before = before;
    }

    void follow(MetadataChange change) {
        if (change instanceof MetadataChange.Put(PartitionImage after) && after.leader() != PartitionImage.NO_LEADER) {
            Optional<TopicImage> topic = before.topic(after.topicId());
            topic.flatMap(image -> image.partition(after.partition()))
                    .filter(old -> old.leaderEpoch() != after.leaderEpoch())
                    .ifPresent(old -> count(old, after));
        }
    }

    void tell(ElectionObserver observer) {
        if (leaders > 0) {
            observer.elected(leaders, eligible, unclean);
        }
    }

    private void count(PartitionImage old, PartitionImage after) {
        leaders++;
        if (isUnclean(old, after)) {
            unclean++;
        } else if (old.eligibleReplicas().contains(after.leader())) {
            eligible++;
        }
    }

    /** A replica that was being built may get in sync and lead in one step, with which its reassignment is over. */
    private static boolean isUnclean(PartitionImage old, PartitionImage after) {
        boolean builtToLead = old.reassignment() != null && after.reassignment() == null;
        return after.committedFloor() < old.committedFloor()
                || (!old.holdsAllCommitted(after.leader()) && !builtToLead);
    }
}
