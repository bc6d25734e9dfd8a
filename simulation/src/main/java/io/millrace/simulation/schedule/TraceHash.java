package io.millrace.simulation.schedule;

/** A rolling hash over all that happens in a run: two runs with the same one went the same way. */
public final class TraceHash {
    private static final long PRIME = 0x9FB21C651E98DF25L;

    private long hash = 0xCBF29CE484222325L;

    /** Takes in that something of that name happened, with a number that says what. */
    public void add(String label, long number) {
        add(label.hashCode()); // specified by the language, so the same everywhere
        add(number);
    }

    /** Takes in a number. */
    public void add(long number) {
        long mixed = (hash ^ number) * PRIME;
        hash = mixed ^ (mixed >>> 29);
    }

    /** The hash of what was taken in so far. */
    public long value() {
        return hash;
    }
}
