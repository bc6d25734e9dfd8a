package io.millrace.broker.partitions;

import io.millrace.broker.replication.leader.AppendCommand;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Appends that this broker began as the leader and had not answered when another one took over. They are in its log; once that
 * is a beginning of the new leader's log, what is known to be committed answers them, so that nobody hears of a lead that was
 * handed over in order. Confined to the partition's event loop.
 */
final class InheritedAppends {
    private final TopicPartition partition;
    private final List<AppendCommand> waiting;

    InheritedAppends(TopicPartition partition, Collection<AppendCommand> waiting) {
        this.partition = partition;
        this.waiting = new ArrayList<>(waiting);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Takes out those that are committed by now. */
    void takeCommitted(long highWatermark, Consumer<AppendCommand> acknowledge) {
        take(append -> append.batch().nextOffset() <= highWatermark, acknowledge);
    }

    /** The log was cut here. What went may still be in the log of a third replica that leads one day. */
    void cutAt(long logEnd) {
        refuse(append -> append.batch().nextOffset() > logEnd, "Another broker leads, and does not have it.");
    }

    void expire(long nowNanos) {
        refuse(append -> append.deadlineNanos() - nowNanos <= 0, "Its time is over.");
    }

    /** Nothing will be known of them here. */
    void refuseAll(Refusal why) {
        refuse(_ -> true, why.message());
    }

    /** Hands them on to whoever answers them instead. */
    List<AppendCommand> takeAll() {
        List<AppendCommand> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    private void refuse(Predicate<AppendCommand> which, String why) {
        Refusal refusal = new Refusal.TimedOut(
                "The append to partition " + partition + " was not acknowledged, but may still stand. " + why);
        take(which, append -> append.answerTo().accept(Outcome.refused(refusal)));
    }

    private void take(Predicate<AppendCommand> which, Consumer<AppendCommand> taken) {
        List<AppendCommand> found = new ArrayList<>();
        for (Iterator<AppendCommand> each = waiting.iterator(); each.hasNext(); ) {
            AppendCommand append = each.next();
            if (which.test(append)) {
                each.remove();
                found.add(append);
            }
        }
        found.forEach(taken);
    }
}
