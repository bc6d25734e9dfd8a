package io.millrace.history.check;

import static io.millrace.history.check.Planter.pick;

import io.millrace.history.Sending;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;

/** Faults of a log that shows records in other places than it said, or in an order that cannot be. */
final class PlaceFaults {
    private PlaceFaults() {}

    private record Pair(DraftWrite left, DraftWrite right) {}

    /** The final read shows two acknowledged records in each other's place. */
    static boolean swapTwoInTheFinalRead(Draft draft, Random random) {
        return pick(pairs(draft, (left, right) -> true), random)
                .map(pair -> {
                    draft.finalPolls(pair.left().partition).forEach(poll -> swap(poll, pair));
                    return true;
                })
                .orElse(false);
    }

    static boolean acknowledgeAtAnothersOffset(Draft draft, Random random) {
        return pick(pairs(draft, (left, right) -> true), random)
                .map(pair -> {
                    pair.left().offset = pair.right().offset;
                    return true;
                })
                .orElse(false);
    }

    /** One poll shows another value at an offset at which an acknowledgement or another poll shows the right one. */
    static boolean changeAValueInOnePoll(Draft draft, Random random) {
        List<DraftPoll> candidates = draft.polls.stream()
                .filter(poll -> poll.records.stream().anyMatch(seen -> isKnownOtherwise(draft, poll, seen)))
                .toList();
        return pick(candidates, random)
                .map(poll -> {
                    int index = random.nextInt(poll.records.size());
                    while (!isKnownOtherwise(draft, poll, poll.records.get(index))) {
                        index = (index + 1) % poll.records.size();
                    }
                    DraftPoll.Seen seen = poll.records.get(index);
                    poll.records.set(index, new DraftPoll.Seen(seen.offset(), seen.value() + 1));
                    return true;
                })
                .orElse(false);
    }

    private static boolean isKnownOtherwise(Draft draft, DraftPoll poll, DraftPoll.Seen seen) {
        DraftWrite write = draft.writes.get((int) seen.value());
        return (write.isKept() && write.offset == seen.offset())
                || draft.pollsOf(poll.partition).anyMatch(other -> other != poll && other.records.contains(seen));
    }

    /** Two writes of a producer that sends in order have changed places in every respect. */
    static boolean reorderAProducer(Draft draft, Random random) {
        return swapEverywhere(
                draft,
                random,
                (left, right) -> left.producer == right.producer
                        && draft.producers.get(left.producer).sending() == Sending.IN_ORDER);
    }

    /** Two writes of different producers, one invoked after the other was acknowledged, have changed places in every respect. */
    static boolean reorderTheRealWorld(Draft draft, Random random) {
        return swapEverywhere(
                draft, random, (left, right) -> left.producer != right.producer && left.ended < right.invoked);
    }

    private static boolean swapEverywhere(Draft draft, Random random, BiPredicate<DraftWrite, DraftWrite> wanted) {
        List<Pair> pairs = pairs(
                draft,
                (left, right) ->
                        wanted.test(left, right) && draft.copiesKnown(left) == 1 && draft.copiesKnown(right) == 1);
        return pick(pairs, random)
                .map(pair -> {
                    draft.pollsOf(pair.left().partition).forEach(poll -> swap(poll, pair));
                    long offset = pair.left().offset;
                    pair.left().offset = pair.right().offset;
                    pair.right().offset = offset;
                    return true;
                })
                .orElse(false);
    }

    private static List<Pair> pairs(Draft draft, BiPredicate<DraftWrite, DraftWrite> wanted) {
        List<DraftWrite> writes = LossFaults.acknowledgedBeforeTheEnd(draft);
        List<Pair> pairs = new ArrayList<>();
        for (DraftWrite left : writes) {
            for (DraftWrite right : writes) {
                if (left.partition == right.partition && left.value < right.value && wanted.test(left, right)) {
                    pairs.add(new Pair(left, right));
                }
            }
        }
        return pairs;
    }

    private static void swap(DraftPoll poll, Pair pair) {
        poll.records.replaceAll(seen -> {
            if (seen.value() == pair.left().value) {
                return new DraftPoll.Seen(seen.offset(), pair.right().value);
            }
            return seen.value() == pair.right().value ? new DraftPoll.Seen(seen.offset(), pair.left().value) : seen;
        });
    }
}
