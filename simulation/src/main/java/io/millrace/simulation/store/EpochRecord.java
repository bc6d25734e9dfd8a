package io.millrace.simulation.store;

import io.millrace.core.statemachine.LogMember;
import org.jspecify.annotations.Nullable;

/**
 * Who may write to the log, as the store keeps it.
 *
 * @param leader null before the first one
 * @param version of the latest whole decision
 * @param writes how often this record was set: each write to the log is on condition of it
 */
public record EpochRecord(@Nullable LogMember leader, int epoch, long version, long writes) {
    /** Before the first one. */
    public static final EpochRecord NOBODY = new EpochRecord(null, 0, 0, 0);

    EpochRecord next(LogMember member) {
        return new EpochRecord(member, epoch + 1, version + 1, writes + 1);
    }

    EpochRecord at(long versionAfter) {
        return new EpochRecord(leader, epoch, versionAfter, writes + 1);
    }
}
