package io.millrace.broker.log.epochs;

import java.util.List;

/**
 * Which leader epoch each batch of a log must have, as it was known at one moment. No checksum covers the epoch of a batch, so
 * this is what tells that it has changed. May be used on any thread.
 */
public record EpochHistory(List<EpochStart> entries) {
    /** Nothing is known, and nothing contradicted. */
    public static final EpochHistory NONE = new EpochHistory(List.of());

    public EpochHistory {
        entries = List.copyOf(entries);
    }

    /** Whether the batch at the offset must be of another epoch. */
    public boolean contradicts(long baseOffset, int epoch) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i).startOffset() <= baseOffset) {
                return entries.get(i).epoch() != epoch;
            }
        }
        return false;
    }
}
