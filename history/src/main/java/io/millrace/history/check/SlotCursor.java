package io.millrace.history.check;

/** Finds slots of known offsets; offsets that come one after the other are found without a search. */
final class SlotCursor {
    private final KnownLog log;
    private int last;

    SlotCursor(KnownLog log) {
        this.log = log;
    }

    /** The slot of an offset that the log knows. */
    int slotOf(long offset) {
        int next = last + 1;
        if (next < log.size() && log.offset(next) == offset) {
            last = next;
        } else {
            last = log.slotFrom(offset);
        }
        return last;
    }
}
