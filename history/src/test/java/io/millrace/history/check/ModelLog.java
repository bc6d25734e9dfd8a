package io.millrace.history.check;

import java.util.ArrayList;
import java.util.List;

/**
 * A partition as simple as can be: a list of values of which the first ones are committed. Readers see committed values; a
 * change of leader loses some of the others. Markers take offsets that no reader sees.
 */
final class ModelLog {
    private static final int MARKER = -1;

    private final List<Integer> values = new ArrayList<>();
    private int committed;

    int append(int value) {
        values.add(value);
        return values.size() - 1;
    }

    void appendMarker() {
        values.add(MARKER);
    }

    int end() {
        return values.size();
    }

    int committed() {
        return committed;
    }

    void commitTo(int end) {
        committed = Math.max(committed, end);
    }

    void loseFrom(int end) {
        int kept = Math.max(committed, end);
        while (values.size() > kept) {
            values.removeLast();
        }
    }

    /** The first offset of the value, or -1. */
    int offsetOf(int value) {
        return values.indexOf(value);
    }

    boolean holds(int offset, int value) {
        return offset < values.size() && values.get(offset) == value;
    }

    /** Reads at most so many committed offsets. */
    void read(DraftPoll poll, int max) {
        int end = (int) Math.min(committed, poll.from + max);
        for (int offset = (int) poll.from; offset < end; offset++) {
            if (values.get(offset) != MARKER) {
                poll.records.add(new DraftPoll.Seen(offset, values.get(offset)));
            }
        }
    }
}
