package io.millrace.broker.replication.session;

import io.millrace.broker.partitions.LocalPartition;
import io.millrace.broker.partitions.ReplicaDesk;
import io.millrace.broker.partitions.ReplicaLink;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaPart;
import io.millrace.core.api.ReplicaPull.Position;
import io.millrace.core.api.ReplicaPull.Wants;
import org.jspecify.annotations.Nullable;

/**
 * One partition in a session: where the follower stands, what it wishes, and what is on its way to it. Confined to the
 * partition's event loop.
 */
final class ReplicaFeed implements ReplicaLink {
    private final LeaderSession session;
    private final SessionShard shard;
    private final LocalPartition partition;
    private Position position;
    private @Nullable ReplicaDesk desk;
    private boolean wishes;
    private boolean queued;
    private boolean hasNews;
    private long onTheWay;
    private long toldHighWatermark = -1;
    private long toldLogStart = -1;

    ReplicaFeed(LeaderSession session, SessionShard shard, LocalPartition partition, Position position) {
        this.session = session;
        this.shard = shard;
        this.partition = partition;
        this.position = position;
    }

    LocalPartition partition() {
        return partition;
    }

    Position position() {
        return position;
    }

    /** The follower has said where it stands, and the leader takes it. */
    void follows(Position next, ReplicaDesk leader) {
        position = next;
        desk = leader;
        wishes |= next.wants() == Wants.RECORDS;
        logEndMoved();
        progressMoved();
    }

    /** Bytes that are no longer on their way now that the follower has said this; news that overtook them says nothing of them. */
    long arrived(Position next) {
        boolean overtaken = next.wants() == Wants.NOTHING
                && next.fetchOffset() == position.fetchOffset()
                && next.leaderEpoch() == position.leaderEpoch();
        if (overtaken) {
            return 0;
        }
        long bytes = onTheWay;
        onTheWay = 0;
        return bytes;
    }

    /** All bytes that are on their way: the partition is served no more. */
    long takeOnTheWay() {
        long bytes = onTheWay;
        onTheWay = 0;
        return bytes;
    }

    /** Fulfils the wish, if there is one and something to fulfil it with. */
    @Nullable
    ReplicaPart answer(int maxBytes) {
        queued = false;
        ReplicaDesk leader = desk;
        if (leader == null || !wishes || !leader.hasRecordsAt(position.fetchOffset())) {
            return null;
        }
        wishes = false;
        ReplicaPart part = leader.read(brokerId(), position.fetchOffset(), maxBytes);
        if (part instanceof ReplicaPart.Records records) {
            onTheWay += records.records().sizeInBytes();
            toldHighWatermark = records.highWatermark();
            toldLogStart = records.logStartOffset();
        }
        return part;
    }

    /** What the follower does not know yet and no records have carried, or null. */
    ReplicaPart.@Nullable Progress news() {
        hasNews = false;
        ReplicaDesk leader = desk;
        if (leader == null
                || (leader.highWatermark() == toldHighWatermark && leader.logStartOffset() == toldLogStart)) {
            return null;
        }
        ReplicaPart.Progress progress = leader.progress();
        toldHighWatermark = progress.highWatermark();
        toldLogStart = progress.logStartOffset();
        return progress;
    }

    /** The wish cannot be fulfilled in this way any more. */
    void wishIsOver() {
        wishes = false;
    }

    /** Other brokers are known. */
    void review() {
        ReplicaDesk leader = desk;
        if (leader != null) {
            leader.review();
        }
    }

    /** The session is over. */
    void detach() {
        ReplicaDesk leader = desk;
        if (leader != null) {
            desk = null;
            leader.detach(this);
        }
    }

    @Override
    public int brokerId() {
        return session.followerId();
    }

    @Override
    public long brokerEpoch() {
        return session.followerEpoch();
    }

    @Override
    public long sessionNumber() {
        return session.number();
    }

    @Override
    public void logEndMoved() {
        ReplicaDesk leader = desk;
        if (wishes && !queued && leader != null && leader.hasRecordsAt(position.fetchOffset())) {
            queued = true;
            shard.isReady(this);
        }
    }

    @Override
    public void progressMoved() {
        if (!hasNews) {
            hasNews = true;
            shard.hasNews(this);
        }
    }

    @Override
    public void dismissed(Refusal why) {
        desk = null;
        shard.dismissed(this, why);
    }
}
