package io.millrace.history.check;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a history proves. */
public sealed interface Verdict {
    Tally tally();

    /** Text for a person, several lines. */
    String describe();

    default boolean isValid() {
        return this instanceof Valid;
    }

    /** Nothing was found, and there was enough to find something in. */
    record Valid(Tally tally) implements Verdict {
        @Override
        public String describe() {
            return "valid: " + tally;
        }
    }

    /** Nothing was found, but the run was too thin for that to mean much; each doubt is a sentence. */
    record Unknown(Tally tally, List<String> doubts) implements Verdict {
        public Unknown {
            doubts = List.copyOf(doubts);
        }

        @Override
        public String describe() {
            return "unknown: " + tally + "\n  " + String.join("\n  ", doubts);
        }
    }

    /** Promises were broken. Every finding is counted; the first of each kind are kept. */
    record Invalid(Tally tally, Map<FindingKind, Long> counts, List<Finding> findings) implements Verdict {
        public Invalid {
            counts = Collections.unmodifiableMap(new EnumMap<>(counts));
            findings = List.copyOf(findings);
        }

        public long count(FindingKind kind) {
            return counts.getOrDefault(kind, 0L);
        }

        @Override
        public String describe() {
            StringBuilder text = new StringBuilder("invalid: " + counts + "; " + tally);
            for (Finding finding : findings) {
                text.append("\n  ").append(finding.describe());
            }
            return text.toString();
        }
    }
}
