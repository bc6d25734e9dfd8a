package io.millrace.broker.replication.leader;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The in-sync set that the picture shows, and the change of it that may be under way.
 *
 * <pre>
 *   settled ──asked──▶ pending ──picture of a newer partition epoch──▶ settled
 *      ▲                  ├──refused──▶ settled
 *      │                  └──refused after silence──▶ unresolved ──asked──▶ pending
 *      └───────────────picture of a newer partition epoch──┘
 * </pre>
 *
 * Until it is certain that a change was not committed, its members count as well: the controller may take one of them for
 * in sync already.
 */
final class InSyncSet {
    private static final int NOBODY = -1;

    private final NavigableSet<Integer> perhaps = new TreeSet<>();
    private int awaited = NOBODY;
    private long awaitedUntilNanos;
    private List<Integer> committed;
    private List<Integer> maximal;
    private int partitionEpoch;
    private boolean pending;

    InSyncSet(LeaderTerm term) {
        this.committed = term.inSyncReplicas();
        this.maximal = committed;
        this.partitionEpoch = term.partitionEpoch();
    }

    List<Integer> committed() {
        return committed;
    }

    /**
     * Whoever may be in sync by now: the committed set, all that a change adds of which nobody knows what became, and who is
     * awaited.
     */
    List<Integer> maximal() {
        return maximal;
    }

    /** Whether an answer to a change is awaited, or the picture that shows it. */
    boolean isPending() {
        return pending;
    }

    /** Whether nobody knows what became of a change, and nothing is awaited that would tell. */
    boolean isUnresolved() {
        return !pending && !perhaps.isEmpty();
    }

    /** Whether the high watermark waits for someone who is about to join. */
    boolean isAwaiting() {
        return awaited != NOBODY;
    }

    /** The high watermark waits for this one, so that it can catch up with it and join. */
    void await(int brokerId, long untilNanos) {
        awaited = brokerId;
        awaitedUntilNanos = untilNanos;
        recount();
    }

    /** Gives up waiting when the time is over; returns whether it did. */
    boolean expire(long nowNanos) {
        if (awaited == NOBODY || awaitedUntilNanos - nowNanos > 0) {
            return false;
        }
        awaited = NOBODY;
        recount();
        return true;
    }

    /** This set is asked for. */
    void asked(List<Integer> next) {
        pending = true;
        awaited = NOBODY;
        next.stream().filter(member -> !committed.contains(member)).forEach(perhaps::add);
        recount();
    }

    /** The controller has answered; returns whether something else may be asked for now. */
    boolean answered(int basedOn, InSyncAnswer answer) {
        if (!pending || basedOn != partitionEpoch || answer == InSyncAnswer.WAIT_FOR_PICTURE) {
            return false;
        }
        pending = false;
        if (answer == InSyncAnswer.REFUSED) {
            perhaps.clear();
            recount();
        }
        return true;
    }

    /** The picture shows this. */
    void adopt(LeaderTerm term) {
        committed = term.inSyncReplicas();
        if (term.partitionEpoch() != partitionEpoch) {
            // The change was based on the record before; whatever became of it shows in this one, and it can win no
            // more.
            partitionEpoch = term.partitionEpoch();
            pending = false;
            perhaps.clear();
            awaited = NOBODY;
        }
        recount();
    }

    private void recount() {
        List<Integer> all = new ArrayList<>(committed);
        perhaps.stream().filter(member -> !committed.contains(member)).forEach(all::add);
        if (awaited != NOBODY && !all.contains(awaited)) {
            all.add(awaited);
        }
        maximal = List.copyOf(all);
    }
}
