package io.millrace.simulation.invariant;

import io.millrace.core.statemachine.LogMember;
import io.millrace.simulation.store.EpochRecord;
import org.jspecify.annotations.Nullable;

/** Who writes to the store: one controller in each epoch, only the one of the latest, and each write follows on the one before. */
final class ControllerTerms {
    private @Nullable EpochRecord before;

    /** That controller has written, and this has become of the epoch. */
    void wrote(EpochRecord now, @Nullable String writer) {
        EpochRecord last = before;
        before = now;
        @Nullable LogMember leader = now.leader();
        if (leader == null || !leader.id().equals(writer)) {
            throw new AssertionError(
                    "In epoch " + now.epoch() + ", which is " + leader + "'s, " + writer + " has written to the store");
        }
        if (last != null) {
            checkStep(last, now);
        }
    }

    private static void checkStep(EpochRecord last, EpochRecord now) {
        if (now.epoch() < last.epoch()) {
            throw new AssertionError("After epoch " + last.epoch() + " somebody has written in epoch " + now.epoch());
        }
        if (now.epoch() == last.epoch() && !String.valueOf(now.leader()).equals(String.valueOf(last.leader()))) {
            throw new AssertionError(
                    "Epoch " + now.epoch() + " is both " + last.leader() + "'s and " + now.leader() + "'s");
        }
        if (now.writes() <= last.writes() || now.version() < last.version()) {
            throw new AssertionError("The store has gone from " + last + " to " + now);
        }
    }
}
