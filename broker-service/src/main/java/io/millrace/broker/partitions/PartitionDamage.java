package io.millrace.broker.partitions;

import io.millrace.broker.log.PartitionLog;
import io.millrace.broker.log.segment.CorruptSegmentException;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.WithdrawReplicasRequest;
import io.millrace.core.model.TopicId;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * What a partition does about damage in its log. Whatever its role, it has its replica withdrawn, so that nobody counts on
 * what it cannot keep; a leader goes on with what is whole, a follower makes way for its leader's records. Confined to the
 * partition's event loop.
 */
final class PartitionDamage {
    private final PartitionDriver partition;
    private final TopicId topicId;
    private final PartitionSurroundings surroundings;
    private final KnownDamage known;

    PartitionDamage(PartitionDriver partition, TopicId topicId, PartitionSurroundings surroundings) {
        this.partition = partition;
        this.topicId = topicId;
        this.surroundings = surroundings;
        this.known = new KnownDamage(partition.name(), partition.log(), surroundings.observer());
    }

    KnownDamage known() {
        return known;
    }

    /**
     * Something could not be read that is at or near the offset. Damage in one place is no reason to give up the rest; any
     * other error is. Returns what whoever wanted it is told.
     */
    Refusal unreadable(IOException e, long offset) {
        if (!(e instanceof CorruptSegmentException damaged)) {
            partition.giveUp(e);
            return partition.refusal();
        }
        long place = damaged.offset() == CorruptSegmentException.NOWHERE ? offset : damaged.offset();
        if (!suspect(place, 1)) {
            reindex(place);
        }
        return new Refusal.StorageFailed("Partition " + partition.name() + " cannot be read here at offset " + offset
                + ": " + e.getMessage() + " Another replica takes over if one can.");
    }

    /** Something looks damaged within so many bytes from the batch on that holds the offset. Returns whether it is. */
    boolean suspect(long offset, int bytes) {
        if (partition.isStopped()) {
            return false;
        }
        try {
            long before = known.first();
            boolean found = known.examine(offset, bytes);
            if (found && before == KnownDamage.NONE) {
                var _ = withdraw();
            }
            PartitionRole role = partition.role();
            if (role != null && known.first() != before) {
                role.damageFound();
            }
            return found;
        } catch (IOException e) {
            partition.giveUp(e);
            return false;
        }
    }

    /** When the batches are whole, it was an index that led astray. */
    private void reindex(long offset) {
        PartitionLog log = partition.log();
        if (partition.isStopped() || offset < log.logStartOffset() || offset >= log.logEndOffset()) {
            return;
        }
        try {
            log.reindex(offset);
            surroundings.observer().reindexed(partition.name(), offset);
        } catch (CorruptSegmentException damaged) {
            suspect(damaged.offset(), 1);
        } catch (IOException e) {
            partition.diskFailed("Making an index anew", e);
        }
    }

    /** Nobody shall count on what is damaged, nor elect it, if another replica holds everything. */
    void withdrawIfKnown() {
        if (known.isAny()) {
            var _ = withdraw();
        }
    }

    /** Has the replica withdrawn; tells whether nobody counts on it from now on. */
    CompletableFuture<Boolean> withdraw() {
        return surroundings
                .withdrawals()
                .withdraw(
                        WithdrawReplicasRequest.Reason.DAMAGED,
                        topicId,
                        partition.name().partition());
    }
}
