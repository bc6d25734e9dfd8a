package io.millrace.history.check;

import static io.millrace.history.check.Planter.pick;

import io.millrace.history.Writes;
import java.util.List;
import java.util.Random;

/** Faults of a log that loses what it took. */
final class LossFaults {
    private LossFaults() {}

    static boolean dropAcknowledged(Draft draft, Random random) {
        return pick(acknowledgedBeforeTheEnd(draft), random)
                .map(write -> {
                    draft.finalReadIsWhole(write.partition);
                    draft.finalPolls(write.partition).forEach(poll -> drop(poll, write));
                    return true;
                })
                .orElse(false);
    }

    /** The log ends early, below something acknowledged. */
    static boolean cutTheTail(Draft draft, Random random) {
        return pick(acknowledgedBeforeTheEnd(draft), random)
                .map(write -> {
                    draft.finalPolls(write.partition)
                            .forEach(poll -> poll.records.removeIf(seen -> seen.offset() >= write.offset));
                    draft.finalReadIsWhole(write.partition);
                    return true;
                })
                .orElse(false);
    }

    static boolean dropAcknowledgedWithoutOffset(Draft draft, Random random) {
        return pick(acknowledgedBeforeTheEnd(draft), random)
                .map(write -> {
                    draft.finalReadIsWhole(write.partition);
                    write.offset = Writes.NO_OFFSET;
                    draft.pollsOf(write.partition).forEach(poll -> drop(poll, write));
                    return true;
                })
                .orElse(false);
    }

    /** Still there, but elsewhere, and nothing in its place. */
    static boolean moveToTheEnd(Draft draft, Random random) {
        return pick(acknowledgedBeforeTheEnd(draft), random)
                .map(write -> {
                    draft.finalPolls(write.partition).forEach(poll -> drop(poll, write));
                    FalseFaults.appendToFinalRead(draft, write.partition, write.value);
                    return true;
                })
                .orElse(false);
    }

    /** What a consumer has read, without any acknowledgement that is kept, is not in the final read. */
    static boolean dropWhatWasOnlyRead(Draft draft, Random random) {
        List<DraftWrite> candidates = draft.writes.stream()
                .filter(write -> !write.isKept())
                .filter(write -> draft.pollsOf(write.partition)
                        .filter(poll -> !draft.isFinal(poll))
                        .filter(poll -> poll.ended < draft.finalReadBegan(poll.partition))
                        .flatMap(poll -> poll.records.stream())
                        .anyMatch(seen -> seen.value() == write.value))
                .toList();
        return pick(candidates, random)
                .map(write -> {
                    draft.finalReadIsWhole(write.partition);
                    draft.finalPolls(write.partition).forEach(poll -> drop(poll, write));
                    return true;
                })
                .orElse(false);
    }

    private static void drop(DraftPoll poll, DraftWrite write) {
        poll.records.removeIf(seen -> seen.value() == write.value);
    }

    static List<DraftWrite> acknowledgedBeforeTheEnd(Draft draft) {
        return draft.writes.stream()
                .filter(write -> write.isKept() && write.ended < draft.finalReadBegan(write.partition))
                .toList();
    }
}
