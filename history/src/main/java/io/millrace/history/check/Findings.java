package io.millrace.history.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Gathers findings: all are counted, the first few of each kind are kept. */
final class Findings {
    private final int keptPerKind;
    private final Map<FindingKind, Long> counts = new EnumMap<>(FindingKind.class);
    private final List<Finding> kept = new ArrayList<>();

    Findings(int keptPerKind) {
        this.keptPerKind = keptPerKind;
    }

    /** The finding is made only when it will be kept: a broken run may have millions. */
    void add(FindingKind kind, Supplier<Finding> finding) {
        if (counts.merge(kind, 1L, Long::sum) <= keptPerKind) {
            kept.add(finding.get());
        }
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    Map<FindingKind, Long> counts() {
        return counts;
    }

    /** By kind, and within a kind in the order in which they were found. */
    List<Finding> kept() {
        List<Finding> sorted = new ArrayList<>(kept);
        sorted.sort((left, right) -> left.kind().compareTo(right.kind()));
        return sorted;
    }
}
