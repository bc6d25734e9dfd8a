package io.millrace.history.check;

import static io.millrace.history.check.Planter.pick;

import io.millrace.history.Outcome;
import io.millrace.history.Retrying;
import java.util.List;
import java.util.Random;

/** Faults of a log that shows what it should not hold. */
final class FalseFaults {
    private FalseFaults() {}

    static boolean showAnUnknownValue(Draft draft, Random random) {
        appendToFinalRead(draft, random.nextInt(draft.partitions), draft.writes.size() + random.nextLong(1 << 20));
        return true;
    }

    static boolean showANegativeValue(Draft draft, Random random) {
        appendToFinalRead(draft, random.nextInt(draft.partitions), Long.MIN_VALUE + random.nextInt());
        return true;
    }

    static boolean showAFailedWrite(Draft draft, Random random) {
        List<DraftWrite> candidates = draft.writes.stream()
                .filter(write -> write.outcome == Outcome.FAILED && write.attempts == 1)
                .toList();
        return show(draft, random, candidates);
    }

    static boolean showAnotherPartitionsWrite(Draft draft, Random random) {
        return pick(draft.writes, random)
                .map(write -> {
                    int other = (write.partition + 1) % draft.partitions;
                    appendToFinalRead(draft, other, write.value);
                    return other != write.partition;
                })
                .orElse(false);
    }

    /** A value that was read before its write began. */
    static boolean showTheFuture(Draft draft, Random random) {
        List<DraftWrite> candidates = draft.writes.stream()
                .filter(write -> write.isOpen() && draft.copiesKnown(write) > 0)
                .toList();
        return pick(candidates, random)
                .map(write -> {
                    write.invoked = Long.MAX_VALUE - 1;
                    return true;
                })
                .orElse(false);
    }

    /** One copy more than the attempts allow. */
    static boolean showOneCopyTooMany(Draft draft, Random random) {
        List<DraftWrite> candidates = draft.writes.stream()
                .filter(write -> legalCopies(draft, write) > 0)
                .filter(write -> draft.copiesKnown(write) == legalCopies(draft, write))
                .toList();
        return show(draft, random, candidates);
    }

    private static long legalCopies(Draft draft, DraftWrite write) {
        long attempts = write.outcome == Outcome.FAILED ? write.attempts - 1 : write.attempts;
        boolean idempotent = draft.producers.get(write.producer).retrying() == Retrying.IDEMPOTENT;
        return idempotent ? Math.min(attempts, 1) : attempts;
    }

    private static boolean show(Draft draft, Random random, List<DraftWrite> candidates) {
        return pick(candidates, random)
                .map(write -> {
                    appendToFinalRead(draft, write.partition, write.value);
                    return true;
                })
                .orElse(false);
    }

    static void appendToFinalRead(Draft draft, int partition, long value) {
        DraftPoll last = draft.finalPolls(partition).getLast();
        long end = draft.pollsOf(partition)
                .mapToLong(DraftPoll::positionAfter)
                .max()
                .orElseThrow();
        long acknowledged = draft.writes.stream()
                .filter(write -> write.partition == partition)
                .mapToLong(write -> write.offset + 1)
                .max()
                .orElse(0);
        last.records.add(new DraftPoll.Seen(Math.max(end, acknowledged), value));
        draft.finalReadIsWhole(partition);
    }
}
