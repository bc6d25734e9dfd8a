package io.millrace.broker.partitions;

import io.millrace.broker.log.segment.LogDamage;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.RecordBatch;
import java.nio.file.Path;

/** Hears what partitions do, mostly on their event loops. Must be quick and must not throw. */
public interface PartitionObserver {
    /** Nobody listens. */
    PartitionObserver NONE = new PartitionObserver() {};

    /** A batch was written to the log. */
    default void appended(TopicPartition partition, int bytes, int records) {}

    /** This broker leads from now on, under this epoch, with the log that it has. */
    default void leads(TopicPartition partition, int leaderEpoch) {}

    /** This broker leads, and everything before the high watermark is committed: readers may see it from now on. */
    default void committed(TopicPartition partition, int leaderEpoch, long highWatermark) {}

    /** The sender of a batch is told that it is as safe as he asked for. The batch is not to be kept. */
    default void acknowledged(TopicPartition partition, Acks acks, RecordBatch batch) {}

    /**
     * The same, where the sender has repeated a batch that was in the log already.
     *
     * @param leaderEpoch under which it is known to be so safe; it may have been taken under an earlier one
     */
    default void acknowledgedAgain(TopicPartition partition, int leaderEpoch, Acks acks, RecordBatch batch) {}

    /** The picture shows that the in-sync set of a partition that is led here has lost and gained so many members. */
    default void inSyncSetChanged(TopicPartition partition, int lost, int gained) {}

    /** A replica that the cluster counts on does not hold what it must, or cannot be opened; it is withdrawn. */
    default void withdrawn(TopicPartition partition, String reason) {}

    /** Batches that the leader sent were written to the log. */
    default void replicated(TopicPartition partition, int bytes) {}

    /** Records are on their way to a follower. */
    default void sentToFollower(TopicPartition partition, int follower, int bytes) {}

    /** So many records that are committed are not in the log of this follower yet. Told when it changes. */
    default void lags(TopicPartition partition, long records) {}

    /** What the leader sent was no continuation of the log, or damaged. It is asked for again. */
    default void badRecords(TopicPartition partition, String problem) {}

    /** The leader gives nothing at the moment. It is asked again. */
    default void notServedByLeader(TopicPartition partition, Refusal why) {}

    /** The log parted from the leader's: what it had behind the second offset, up to the first, was cut off. */
    default void cut(TopicPartition partition, long logEndBefore, long logEnd) {}

    /** Records that were known as committed had to be cut off: the leader does not have them, so something was lost. */
    default void cutBelowHighWatermark(TopicPartition partition, long highWatermark, long logEnd) {}

    /** A range of the log is damaged, as was found now. It is fetched again from another replica as soon as one leads. */
    default void damaged(TopicPartition partition, LogDamage damage) {}

    /** So many damaged ranges of the log are known now. */
    default void damageKnown(TopicPartition partition, int ranges) {}

    /** The log was cut at the offset because of damage; so many bytes up to the old end were kept aside. */
    default void keptAside(TopicPartition partition, long offset, long oldEndOffset, long bytes) {}

    /** What was cut off because of damage has come again from the leader. */
    default void repaired(TopicPartition partition, long offset, long endOffset) {}

    /** An index of the log was damaged, and was made anew. */
    default void reindexed(TopicPartition partition, long offset) {}

    /** A bug or an unreadable file showed itself, and the partition serves nobody any more. */
    default void stopped(TopicPartition partition, Exception cause) {}

    /** A log was opened that had not been closed in order. */
    default void recovered(TopicPartition partition, long scannedBytes, long cutBytes) {}

    /**
     * So many partitions are open, of so many that were to be opened since the start: told before the first one, and after
     * each. On the control loop.
     */
    default void opening(int opened, int asked) {}

    /** A partition was deleted with its topic; its files stay for a grace period. On the control loop. */
    default void deleted(TopicPartition partition) {}

    /** This broker is no replica of the partition any more; its files stay for a grace period. On the control loop. */
    default void freed(TopicPartition partition) {}

    /** A directory holds a partition that the picture does not explain; it is kept. On the control loop. */
    default void unexplained(TopicPartition partition, Path directory) {}
}
