package io.millrace.broker.partitions;

import io.millrace.broker.log.PartitionLog;
import io.millrace.broker.log.epochs.EpochEnd;
import io.millrace.broker.replication.leader.LeaderTerm;
import io.millrace.core.api.RecordsSlice;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaPart;
import io.millrace.core.api.ReplicaPull;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the leader of a partition does for its followers. Confined to the partition's event loop. */
public final class ReplicaDesk {
    private final PartitionDriver partition;
    private final LeaderRole role;
    private final List<ReplicaLink> links = new ArrayList<>();

    ReplicaDesk(PartitionDriver partition, LeaderRole role) {
        this.partition = partition;
        this.role = role;
    }

    /**
     * A follower says where it stands. Returns why it cannot go on from there, or null; then it counts, and the link hears of
     * what is new.
     */
    public @Nullable ReplicaPart take(ReplicaLink link, int controllerEpoch, ReplicaPull.Position position) {
        Refusal why = whyNot(link, position);
        if (why != null) {
            return refused(position, why);
        }
        try {
            ReplicaPart parted = parted(position);
            if (parted == null) {
                attach(link);
                role.replicaReported(link, controllerEpoch, position);
            }
            return parted;
        } catch (IOException e) {
            return refused(position, partition.damage().unreadable(e, position.fetchOffset()));
        }
    }

    private @Nullable Refusal whyNot(ReplicaLink link, ReplicaPull.Position position) {
        LeaderTerm term = term();
        if (position.leaderEpoch() != term.leaderEpoch()) {
            return role.leader().staleEpoch(position.leaderEpoch());
        }
        if (!term.replicas().contains(link.brokerId())) {
            return new Refusal.IneligibleReplica(
                    "Broker " + link.brokerId() + " has no replica of partition " + partition.name() + ".");
        }
        ReplicaLink present = of(link.brokerId());
        return present != null && present.sessionNumber() > link.sessionNumber()
                ? new Refusal.StaleEpoch("Broker " + link.brokerId() + " has opened a newer session.")
                : null;
    }

    /** Where the follower's log parts from this one, by the rules of KIP-595, or null when it is a beginning of it. */
    private @Nullable ReplicaPart parted(ReplicaPull.Position position) throws IOException {
        PartitionLog log = partition.log();
        if (position.fetchOffset() < log.logStartOffset()) {
            long first = firstBatch();
            if (position.fetchOffset() != first) {
                return new ReplicaPart.StartsLater(
                        position.topicId(), position.partition(), position.leaderEpoch(), first);
            }
        }
        int epoch = position.lastFetchedEpoch();
        EpochEnd end = log.endOfEpoch(epoch).orElseGet(() -> new EpochEnd(ReplicaPull.NO_EPOCH, log.logStartOffset()));
        boolean sharesEpoch = end.epoch() == epoch && position.fetchOffset() <= end.endOffset();
        // Nothing of the follower's last epoch is in this log: all the same, what lies before the log start is no
        // matter.
        boolean sharesNothing = end.epoch() == ReplicaPull.NO_EPOCH && position.fetchOffset() <= end.endOffset();
        boolean isEmpty = epoch == ReplicaPull.NO_EPOCH && position.fetchOffset() <= log.logEndOffset();
        return sharesEpoch || sharesNothing || isEmpty
                ? null
                : new ReplicaPart.Diverging(
                        position.topicId(), position.partition(), position.leaderEpoch(), end.epoch(), end.endOffset());
    }

    /** The log may start within a batch, which a follower takes as a whole. */
    private long firstBatch() throws IOException {
        PartitionLog log = partition.log();
        RecordsSlice first = log.read(log.logStartOffset(), 1, log.logEndOffset());
        return first.sizeInBytes() == 0 ? log.logStartOffset() : first.read().getLong(0);
    }

    /** Whether there are records at the offset. */
    public boolean hasRecordsAt(long offset) {
        return offset < partition.log().logEndOffset();
    }

    /** Records from the offset on, where that follower stands, or why there are none. */
    public ReplicaPart read(int follower, long offset, int maxBytes) {
        LeaderTerm term = term();
        PartitionLog log = partition.log();
        int number = term.partition().partition();
        try {
            long from = Math.max(offset, log.logStartOffset());
            RecordsSlice records =
                    log.read(from, maxBytes, partition.damage().known().limitFor(from, log.logEndOffset()));
            partition.sentTo(follower, records.sizeInBytes());
            return new ReplicaPart.Records(
                    term.topicId(), number, term.leaderEpoch(), records, highWatermark(), log.logStartOffset());
        } catch (IOException e) {
            return new ReplicaPart.Refused(
                    term.topicId(),
                    number,
                    term.leaderEpoch(),
                    partition.damage().unreadable(e, offset));
        }
    }

    /** News without records. */
    public ReplicaPart.Progress progress() {
        LeaderTerm term = term();
        return new ReplicaPart.Progress(
                term.topicId(), term.partition().partition(), term.leaderEpoch(), highWatermark(), logStartOffset());
    }

    public long highWatermark() {
        return role.leader().highWatermark();
    }

    public long logStartOffset() {
        return partition.log().logStartOffset();
    }

    /** The follower goes: what it has said of itself holds no longer. */
    public void leave(ReplicaLink link) {
        if (links.remove(link)) {
            role.replicaLeft(link);
        }
    }

    /** The session is over; what the follower has said of itself holds on. */
    public void detach(ReplicaLink link) {
        links.remove(link);
    }

    /** Other brokers are known: perhaps someone may join. */
    public void review() {
        role.review();
    }

    void logEndMoved() {
        for (int i = 0; i < links.size(); i++) {
            links.get(i).logEndMoved();
        }
    }

    void progressMoved() {
        for (int i = 0; i < links.size(); i++) {
            links.get(i).progressMoved();
        }
    }

    void dismissAll(Refusal why) {
        List<ReplicaLink> dismissed = List.copyOf(links);
        links.clear();
        dismissed.forEach(link -> link.dismissed(why));
    }

    private void attach(ReplicaLink link) {
        if (!links.contains(link)) {
            links.removeIf(earlier -> earlier.brokerId() == link.brokerId());
            links.add(link);
        }
    }

    private @Nullable ReplicaLink of(int brokerId) {
        for (int i = 0; i < links.size(); i++) {
            if (links.get(i).brokerId() == brokerId) {
                return links.get(i);
            }
        }
        return null;
    }

    private LeaderTerm term() {
        return role.leader().term();
    }

    private static ReplicaPart.Refused refused(ReplicaPull.Position position, Refusal why) {
        // With the follower's epoch: it passes over what is said under another one.
        return new ReplicaPart.Refused(position.topicId(), position.partition(), position.leaderEpoch(), why);
    }
}
