package io.millrace.history.check;

import static io.millrace.history.check.FindingKind.BEHIND_THE_PAST;
import static io.millrace.history.check.FindingKind.DUPLICATE;
import static io.millrace.history.check.FindingKind.LOST_WRITE;
import static io.millrace.history.check.FindingKind.MISSING_RECORD;
import static io.millrace.history.check.FindingKind.NEVER_WRITTEN;
import static io.millrace.history.check.FindingKind.POSITION_WENT_BACK;
import static io.millrace.history.check.FindingKind.REORDERED;
import static io.millrace.history.check.FindingKind.TWO_VALUES;
import static io.millrace.history.check.FindingKind.UNORDERED_POLL;
import static io.millrace.history.check.FindingKind.VANISHED_RECORD;

import java.util.stream.Stream;

/** One of the faults that are planted, with what it must be found as. */
record Fault(String name, FindingKind foundAs, Planter planter) {
    static Stream<Fault> all() {
        return Stream.of(
                new Fault("drop acknowledged", LOST_WRITE, LossFaults::dropAcknowledged),
                new Fault("cut the tail", LOST_WRITE, LossFaults::cutTheTail),
                new Fault("drop acknowledged without offset", LOST_WRITE, LossFaults::dropAcknowledgedWithoutOffset),
                new Fault("move to the end", LOST_WRITE, LossFaults::moveToTheEnd),
                new Fault("drop what was only read", VANISHED_RECORD, LossFaults::dropWhatWasOnlyRead),
                new Fault("show an unknown value", NEVER_WRITTEN, FalseFaults::showAnUnknownValue),
                new Fault("show a negative value", NEVER_WRITTEN, FalseFaults::showANegativeValue),
                new Fault("show a failed write", NEVER_WRITTEN, FalseFaults::showAFailedWrite),
                new Fault("show another partition's write", NEVER_WRITTEN, FalseFaults::showAnotherPartitionsWrite),
                new Fault("show the future", NEVER_WRITTEN, FalseFaults::showTheFuture),
                new Fault("show one copy too many", DUPLICATE, FalseFaults::showOneCopyTooMany),
                new Fault("swap two in the final read", TWO_VALUES, PlaceFaults::swapTwoInTheFinalRead),
                new Fault("acknowledge at another's offset", TWO_VALUES, PlaceFaults::acknowledgeAtAnothersOffset),
                new Fault("change a value in one poll", TWO_VALUES, PlaceFaults::changeAValueInOnePoll),
                new Fault("reorder a producer", REORDERED, PlaceFaults::reorderAProducer),
                new Fault("reorder the real world", BEHIND_THE_PAST, PlaceFaults::reorderTheRealWorld),
                new Fault("swap two neighbours", UNORDERED_POLL, PollFaults::swapTwoNeighbours),
                new Fault("return a record twice", UNORDERED_POLL, PollFaults::returnARecordTwice),
                new Fault(
                        "return a record below what was asked",
                        UNORDERED_POLL,
                        PollFaults::returnARecordBelowWhatWasAsked),
                new Fault("go back", POSITION_WENT_BACK, PollFaults::goBack),
                new Fault("pass over a record", MISSING_RECORD, PollFaults::passOverARecord),
                new Fault("skip", MISSING_RECORD, PollFaults::skip));
    }

    @Override
    public String toString() {
        return name;
    }
}
