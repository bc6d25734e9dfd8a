package io.millrace.history.check;

import static io.millrace.history.check.Planter.pick;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** Faults of polls that do not go forward, or pass over records. */
final class PollFaults {
    private PollFaults() {}

    static boolean swapTwoNeighbours(Draft draft, Random random) {
        return pick(polls(draft, poll -> poll.records.size() > 1), random)
                .map(poll -> {
                    int index = random.nextInt(poll.records.size() - 1);
                    Collections.swap(poll.records, index, index + 1);
                    return true;
                })
                .orElse(false);
    }

    static boolean returnARecordTwice(Draft draft, Random random) {
        return pick(polls(draft, poll -> !poll.records.isEmpty()), random)
                .map(poll -> {
                    int index = random.nextInt(poll.records.size());
                    poll.records.add(index, poll.records.get(index));
                    return true;
                })
                .orElse(false);
    }

    static boolean returnARecordBelowWhatWasAsked(Draft draft, Random random) {
        return pick(polls(draft, poll -> !poll.records.isEmpty()), random)
                .map(poll -> {
                    poll.from = poll.records.getFirst().offset() + 1;
                    return true;
                })
                .orElse(false);
    }

    /** A consumer asks once more from below where its poll before had ended. */
    static boolean goBack(Draft draft, Random random) {
        return pick(polls(draft, poll -> positionBefore(draft, poll) > 0), random)
                .map(poll -> {
                    poll.from = random.nextLong(positionBefore(draft, poll));
                    return true;
                })
                .orElse(false);
    }

    static boolean passOverARecord(Draft draft, Random random) {
        List<DraftPoll> candidates = polls(
                draft, poll -> !draft.isFinal(poll) && !knownWithin(draft, poll).isEmpty());
        return pick(candidates, random)
                .map(poll -> pick(knownWithin(draft, poll), random)
                        .map(poll.records::remove)
                        .orElse(false))
                .orElse(false);
    }

    /** A consumer's next poll begins above where its last one ended, and so passes over a known record. */
    static boolean skip(Draft draft, Random random) {
        List<DraftPoll> candidates = polls(
                draft,
                poll -> !draft.isFinal(poll)
                        && positionBefore(draft, poll) > 0
                        && !poll.records.isEmpty()
                        && isKnownBefore(draft, poll, poll.records.getFirst()));
        return pick(candidates, random)
                .map(poll -> {
                    poll.from = poll.records.removeFirst().offset() + 1;
                    return true;
                })
                .orElse(false);
    }

    /** All of the poll's records but the last that were acknowledged, or read by others, before it began. */
    private static List<DraftPoll.Seen> knownWithin(Draft draft, DraftPoll poll) {
        List<DraftPoll.Seen> known = new ArrayList<>();
        for (DraftPoll.Seen seen : poll.records.subList(0, Math.max(0, poll.records.size() - 1))) {
            if (isKnownBefore(draft, poll, seen)) {
                known.add(seen);
            }
        }
        return known;
    }

    private static boolean isKnownBefore(Draft draft, DraftPoll poll, DraftPoll.Seen seen) {
        DraftWrite write = draft.writes.get((int) seen.value());
        boolean acknowledged = write.isKept() && write.offset == seen.offset() && write.ended < poll.invoked;
        return acknowledged
                || draft.pollsOf(poll.partition)
                        .anyMatch(other -> other.ended < poll.invoked && other.records.contains(seen));
    }

    /** Where the consumer's polls before this one had ended; 0 when it is the first. */
    private static long positionBefore(Draft draft, DraftPoll poll) {
        return draft.pollsOf(poll.partition)
                .takeWhile(other -> other != poll)
                .filter(other -> other.consumer == poll.consumer)
                .mapToLong(DraftPoll::positionAfter)
                .max()
                .orElse(0);
    }

    private static List<DraftPoll> polls(Draft draft, Predicate<DraftPoll> wanted) {
        return draft.polls.stream()
                .filter(poll -> !poll.failed && wanted.test(poll))
                .toList();
    }
}
