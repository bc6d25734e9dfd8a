package io.millrace.history.check;

import io.millrace.history.Operation;
import io.millrace.history.Partition;
import io.millrace.history.Poll;
import io.millrace.history.Write;
import java.util.List;
import java.util.OptionalLong;

/** One broken promise with the operations that prove it. */
public sealed interface Finding {
    FindingKind kind();

    /** The operations that prove it, the earlier one first where there is an order. */
    List<Operation> proof();

    /** One sentence, without the operations. */
    String summary();

    default Partition partition() {
        return proof().getFirst().partition();
    }

    /** The sentence, and each operation that proves it on a line of its own. */
    default String describe() {
        StringBuilder text = new StringBuilder(kind() + " in " + partition() + ": " + summary());
        for (Operation operation : proof()) {
            text.append("\n    ").append(operation);
        }
        return text.toString();
    }

    /** The poll is the last one of the final reader that missed it. */
    record LostWrite(Write write, OptionalLong elsewhere, Poll finalPoll) implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.LOST_WRITE;
        }

        @Override
        public List<Operation> proof() {
            return List.of(write, finalPoll);
        }

        @Override
        public String summary() {
            String found =
                    elsewhere.isPresent() ? " where it was acknowledged, but at offset " + elsewhere.getAsLong() : "";
            return "acknowledged write of " + write.value() + " is not in the final read" + found;
        }
    }

    /** The evidence is what made the record known. */
    record VanishedRecord(long offset, long value, Operation evidence, Poll finalPoll) implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.VANISHED_RECORD;
        }

        @Override
        public List<Operation> proof() {
            return List.of(evidence, finalPoll);
        }

        @Override
        public String summary() {
            return "record " + value + " at offset " + offset + " was read but is not in the final read";
        }
    }

    /** The proof holds the write when there is one: to another partition, failed for certain, or invoked only later. */
    record NeverWritten(long offset, long value, String reason, List<Operation> proof) implements Finding {
        public NeverWritten {
            proof = List.copyOf(proof);
        }

        @Override
        public FindingKind kind() {
            return FindingKind.NEVER_WRITTEN;
        }

        @Override
        public String summary() {
            return "value " + value + " was read at offset " + offset + ", but " + reason;
        }
    }

    record Duplicate(Write write, int copies, int legalCopies, long offset, Operation evidence) implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.DUPLICATE;
        }

        @Override
        public List<Operation> proof() {
            return List.of(write, evidence);
        }

        @Override
        public String summary() {
            return "offset " + offset + " holds copy " + copies + " of value " + write.value() + ", of which "
                    + legalCopies + " may be";
        }
    }

    record Reordered(Write earlier, Write later) implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.REORDERED;
        }

        @Override
        public List<Operation> proof() {
            return List.of(earlier, later);
        }

        @Override
        public String summary() {
            return "value " + later.value() + " was sent after " + earlier.value() + " but lies before it";
        }
    }

    record TwoValues(long offset, long value, Operation evidence, long otherValue, Operation otherEvidence)
            implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.TWO_VALUES;
        }

        @Override
        public List<Operation> proof() {
            return List.of(evidence, otherEvidence);
        }

        @Override
        public String summary() {
            return "offset " + offset + " was seen with value " + value + " and with value " + otherValue;
        }
    }

    record UnorderedPoll(long offset, long before, Poll poll) implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.UNORDERED_POLL;
        }

        @Override
        public List<Operation> proof() {
            return List.of(poll);
        }

        @Override
        public String summary() {
            return "offset " + offset + " was returned where " + before + " or more was due";
        }
    }

    record PositionWentBack(long position, Poll earlier, Poll later) implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.POSITION_WENT_BACK;
        }

        @Override
        public List<Operation> proof() {
            return List.of(earlier, later);
        }

        @Override
        public String summary() {
            return "the consumer was at offset " + position + " and asked from " + later.from();
        }
    }

    /** The poll returned records beyond the offset, or began beyond where the same consumer's poll before it had ended. */
    record MissingRecord(long offset, long value, Operation evidence, Poll poll) implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.MISSING_RECORD;
        }

        @Override
        public List<Operation> proof() {
            return List.of(evidence, poll);
        }

        @Override
        public String summary() {
            return "record " + value + " was known at offset " + offset + ", and a later poll passed over it";
        }
    }

    record BehindThePast(long offset, Write write, long knownOffset, Operation evidence) implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.BEHIND_THE_PAST;
        }

        @Override
        public List<Operation> proof() {
            return List.of(evidence, write);
        }

        @Override
        public String summary() {
            return "value " + write.value() + " lies at offset " + offset + ", although offset " + knownOffset
                    + " was known before it was written";
        }
    }
}
