package io.millrace.broker.log.epochs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The leader epochs of a log, epochs and start offsets both rising. A replica finds with it where its log parts from
 * its leader's (KIP-101, KIP-279). Confined to the partition's event loop; the lists that it gives out are copies.
 */
public final class LeaderEpochs {
    private final List<EpochStart> entries = new ArrayList<>();

    /** Takes note of a batch. Later entries that it contradicts go: they are of a history that was cut off. */
    public boolean note(int epoch, long baseOffset) {
        if (epoch < 0 || (!entries.isEmpty() && continuesLast(epoch, baseOffset))) {
            return false;
        }
        while (!entries.isEmpty() && contradictsLast(epoch, baseOffset)) {
            entries.removeLast();
        }
        if (entries.isEmpty() || entries.getLast().epoch() != epoch) {
            entries.add(new EpochStart(epoch, baseOffset));
        }
        return true;
    }

    private boolean continuesLast(int epoch, long baseOffset) {
        EpochStart last = entries.getLast();
        return last.epoch() == epoch && last.startOffset() <= baseOffset;
    }

    private boolean contradictsLast(int epoch, long baseOffset) {
        EpochStart last = entries.getLast();
        return last.epoch() > epoch || (last.startOffset() >= baseOffset && !continuesLast(epoch, baseOffset));
    }

    /** Forgets epochs that begin at or after the offset, where the log now ends. */
    public boolean truncateTo(long endOffset) {
        return entries.removeIf(entry -> entry.startOffset() >= endOffset);
    }

    /** Forgets epochs that end at or before the offset, where the log now starts. */
    public boolean advanceStart(long startOffset) {
        boolean changed = false;
        while (entries.size() > 1 && entries.get(1).startOffset() <= startOffset) {
            entries.removeFirst();
            changed = true;
        }
        if (!entries.isEmpty() && entries.getFirst().startOffset() < startOffset) {
            entries.set(0, new EpochStart(entries.getFirst().epoch(), startOffset));
            changed = true;
        }
        return changed;
    }

    /** The last epoch, if there is a batch. */
    public Optional<EpochStart> latest() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
    }

    /** The epoch of the batch at the offset, if it is in the log. */
    public Optional<EpochStart> at(long offset) {
        return entries.reversed().stream()
                .filter(entry -> entry.startOffset() <= offset)
                .findFirst();
    }

    /**
     * The largest epoch of this log that is at most the one asked for, and the offset at which it ends: what a leader
     * answers to OffsetsForLeaderEpoch. Empty when this log begins after that epoch.
     */
    public Optional<EpochEnd> endOf(int epoch, long logEndOffset) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i).epoch() <= epoch) {
                long end = i + 1 < entries.size() ? entries.get(i + 1).startOffset() : logEndOffset;
                return Optional.of(new EpochEnd(entries.get(i).epoch(), end));
            }
        }
        return Optional.empty();
    }

    /** What is known of the batches that are there now. */
    public EpochHistory history() {
        return new EpochHistory(entries);
    }

    /** All entries, the earliest first. */
    public List<EpochStart> entries() {
        return List.copyOf(entries);
    }
}
