package io.millrace.broker.partitions;

import io.millrace.broker.log.PartitionLog;
import io.millrace.broker.log.segment.LogDamage;
import io.millrace.core.model.TopicPartition;
import java.io.IOException;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known to be damaged in a partition's log, until it is cut off, or gone with old segments, or readable again.
 * Confined to the partition's event loop.
 */
final class KnownDamage {
    /** The offset of no damage. */
    static final long NONE = -1;

    private final TopicPartition name;
    private final PartitionLog log;
    private final PartitionObserver observer;
    private final NavigableMap<Long, LogDamage> known = new TreeMap<>();
    private long repairedFrom = NONE;
    private long repairedTo = NONE;

    KnownDamage(TopicPartition name, PartitionLog log, PartitionObserver observer) {
        this.name = name;
        this.log = log;
        this.observer = observer;
    }

    /**
     * Looks whether something is damaged within so many bytes from the batch on that holds the offset. Returns whether it is;
     * the observer hears of it the first time.
     */
    boolean examine(long offset, int bytes) throws IOException {
        Optional<LogDamage> found = log.damageFrom(Math.max(offset, log.logStartOffset()), bytes);
        found.ifPresent(damage -> {
            if (known.putIfAbsent(startOf(damage), damage) == null) {
                observer.damaged(name, damage);
                observer.damageKnown(name, known.size());
            }
        });
        return found.isPresent();
    }

    boolean isAny() {
        return !known.isEmpty();
    }

    /** The offset from which on the log cannot be trusted, or {@link #NONE}. */
    long first() {
        return known.isEmpty() ? NONE : known.firstKey();
    }

    /** Up to where one may read that begins at the offset and wants to go on to the limit: what lies before a damage is whole. */
    long limitFor(long offset, long limit) {
        Long next = known.isEmpty() ? null : known.higherKey(offset);
        return next == null ? limit : Math.min(limit, next);
    }

    /** Other records are in the log than before, or the time has come to look again: what is no damage any more is forgotten. */
    void review() throws IOException {
        if (known.isEmpty()) {
            return;
        }
        int before = known.size();
        known.headMap(log.logStartOffset(), false).clear();
        known.tailMap(log.logEndOffset(), true).clear();
        for (LogDamage damage : known.values().toArray(LogDamage[]::new)) {
            if (!log.isStill(damage)) {
                known.remove(startOf(damage));
            }
        }
        if (known.size() != before) {
            observer.damageKnown(name, known.size());
        }
    }

    /** The log was cut where damage began; what it held up to the old end is to come from the leader. */
    void cut(long offset, long oldEnd) {
        known.clear();
        observer.damageKnown(name, 0);
        repairedFrom = offset;
        repairedTo = oldEnd;
    }

    /** The log goes up to here now. */
    void reached(long logEnd) {
        if (repairedTo != NONE && logEnd >= repairedTo) {
            observer.repaired(name, repairedFrom, repairedTo);
            repairedTo = NONE;
        }
    }

    /** The partition takes part in nothing any more. */
    void forget() {
        if (isAny()) {
            known.clear();
            observer.damageKnown(name, 0);
        }
    }

    /** A batch that is damaged may begin before the log does. */
    private long startOf(LogDamage damage) {
        return Math.max(damage.offset(), log.logStartOffset());
    }
}
