package io.millrace.broker.replication.follower;

import io.millrace.broker.log.PartitionLog;
import io.millrace.broker.log.epochs.EpochEnd;
import io.millrace.core.api.ReplicaPart;
import io.millrace.core.api.ReplicaPull;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What any leader answers by KIP-595, told from its log alone. */
final class ModelLeader {
    private final EpochLog log;
    private final int epoch;
    private long highWatermark;
    private int maxBytes = EpochLog.MUCH;

    ModelLeader(EpochLog log, int epoch) {
        this.log = log;
        this.epoch = epoch;
    }

    ModelLeader withHighWatermark(long offset) {
        highWatermark = offset;
        return this;
    }

    ModelLeader sendingAtMost(int bytes) {
        maxBytes = bytes;
        return this;
    }

    /** The answer, or null while there is nothing to answer with. */
    @Nullable
    ReplicaPart answer(ReplicaPull.Position position) throws IOException {
        PartitionLog own = log.log();
        if (position.fetchOffset() < own.logStartOffset()) {
            return new ReplicaPart.StartsLater(position.topicId(), position.partition(), epoch, own.logStartOffset());
        }
        EpochEnd end = endOf(position);
        if (end.epoch() < position.lastFetchedEpoch() || end.endOffset() < position.fetchOffset()) {
            return new ReplicaPart.Diverging(
                    position.topicId(), position.partition(), epoch, end.epoch(), end.endOffset());
        }
        if (position.fetchOffset() == own.logEndOffset()) {
            return null;
        }
        return new ReplicaPart.Records(
                position.topicId(),
                position.partition(),
                epoch,
                own.read(position.fetchOffset(), maxBytes, own.logEndOffset()),
                highWatermark,
                own.logStartOffset());
    }

    private EpochEnd endOf(ReplicaPull.Position position) {
        PartitionLog own = log.log();
        if (position.lastFetchedEpoch() == ReplicaPull.NO_EPOCH) {
            return new EpochEnd(own.latestEpoch().orElse(ReplicaPull.NO_EPOCH), own.logEndOffset());
        }
        Optional<EpochEnd> end = own.endOfEpoch(position.lastFetchedEpoch());
        return end.orElse(new EpochEnd(ReplicaPull.NO_EPOCH, own.logStartOffset()));
    }
}
