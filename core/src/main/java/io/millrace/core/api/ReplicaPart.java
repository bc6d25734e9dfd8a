package io.millrace.core.api;

import io.millrace.core.model.TopicId;

/** What a leader tells a follower of one partition. All but {@link Progress} fulfil the wish for records. */
public sealed interface ReplicaPart {
    TopicId topicId();

    int partition();

    /** Under which the sender leads; a follower that follows another one ignores the part. */
    int leaderEpoch();

    /**
     * Records from the offset asked for on.
     *
     * @param records whole batches, the first of which begins at the offset asked for; the last may be cut off
     * @param highWatermark of the leader; it may lie before the records or behind them
     * @param logStartOffset of the leader
     */
    record Records(
            TopicId topicId,
            int partition,
            int leaderEpoch,
            RecordsSlice records,
            long highWatermark,
            long logStartOffset)
            implements ReplicaPart {}

    /** News without records. */
    record Progress(TopicId topicId, int partition, int leaderEpoch, long highWatermark, long logStartOffset)
            implements ReplicaPart {}

    /**
     * The follower's log is not a beginning of the leader's (KIP-595).
     *
     * @param endEpoch the largest epoch of the leader's log that is at most the one the follower named
     * @param endOffset where that epoch ends in the leader's log
     */
    record Diverging(TopicId topicId, int partition, int leaderEpoch, int endEpoch, long endOffset)
            implements ReplicaPart {}

    /** The leader's log begins behind the offset asked for: the follower has to start anew there. */
    record StartsLater(TopicId topicId, int partition, int leaderEpoch, long logStartOffset) implements ReplicaPart {}

    /** Nothing: the sender does not lead, or leads under another epoch, or cannot read its log. */
    record Refused(TopicId topicId, int partition, int leaderEpoch, Refusal why) implements ReplicaPart {}
}
