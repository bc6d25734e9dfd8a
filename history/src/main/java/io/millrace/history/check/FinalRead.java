package io.millrace.history.check;

import io.millrace.history.Consumer;
import io.millrace.history.Polls;
import java.util.ArrayList;
import java.util.List;

/**
 * What one final reader covered.
 *
 * @param began when its first poll was invoked: what became known later may have come too late for it
 * @param from the lowest offset that it asked from
 * @param end the offset up to which it says what there is; without limit when it reached the log end
 */
record FinalRead(int reader, long began, long from, long end, int lastPoll) {
    /** The final reads of a partition; a reader whose polls all failed has read nothing. */
    static List<FinalRead> of(PartitionHistory partition) {
        List<FinalRead> reads = new ArrayList<>();
        for (Consumer consumer : partition.history().consumers()) {
            if (consumer.finallyReads() == partition.partition().id()) {
                add(partition, consumer, reads);
            }
        }
        return reads;
    }

    private static void add(PartitionHistory partition, Consumer reader, List<FinalRead> reads) {
        Polls polls = partition.history().polls();
        long began = Long.MAX_VALUE;
        long from = Long.MAX_VALUE;
        long end = Long.MIN_VALUE;
        int lastPoll = -1;
        for (int i = 0; i < partition.polls(); i++) {
            int poll = partition.poll(i);
            if (polls.consumer(poll) == reader.id() && !polls.failed(poll)) {
                began = Math.min(began, polls.invokedNanos(poll));
                from = Math.min(from, polls.from(poll));
                end = Math.max(end, polls.positionAfter(poll));
                lastPoll = poll;
            }
        }
        if (lastPoll != -1) {
            reads.add(new FinalRead(
                    reader.id(), began, from, reader.saysItReachedTheLogEnd() ? Long.MAX_VALUE : end, lastPoll));
        }
    }

    boolean covers(long offset) {
        return from <= offset && offset < end;
    }

    boolean coversAll(KnownLog known) {
        return known.size() == 0
                ? end == Long.MAX_VALUE
                : covers(known.offset(0)) && covers(known.offset(known.size() - 1));
    }
}
