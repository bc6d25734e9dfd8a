package io.millrace.history;

/** The writes of a history as columns; a write's row is its value. */
public final class Writes {
    /** The end of a write that never ended. */
    public static final long NEVER = Long.MAX_VALUE;

    /** The offset of a write that was acknowledged without one (acks=0), or not at all. */
    public static final long NO_OFFSET = -1;

    public static final int ATTEMPTS_MAX = 1 << 28;

    /** A state holds the outcome in the lowest two bits, then the promise, then the attempts. */
    private static final int UNKNOWN = 0;

    private static final int OK = 1;
    private static final int FAILED = 2;
    private static final int OUTCOME_MASK = 3;
    private static final int BEST_EFFORT_BIT = 4;
    private static final int ATTEMPT = 8;

    private final IntColumn producers = new IntColumn();
    private final IntColumn partitions = new IntColumn();
    private final LongColumn invoked = new LongColumn();
    private final LongColumn ended = new LongColumn();
    private final LongColumn offsets = new LongColumn();
    private final IntColumn states = new IntColumn();

    Writes() {}

    public int size() {
        return (int) invoked.size();
    }

    public boolean has(long value) {
        return value >= 0 && value < size();
    }

    public int producer(long value) {
        return producers.get(value);
    }

    public int partition(long value) {
        return partitions.get(value);
    }

    public long invokedNanos(long value) {
        return invoked.get(value);
    }

    public long endedNanos(long value) {
        return ended.get(value);
    }

    public boolean hasEnded(long value) {
        return endedNanos(value) != NEVER;
    }

    public long offset(long value) {
        return offsets.get(value);
    }

    public Outcome outcome(long value) {
        return switch (states.get(value) & OUTCOME_MASK) {
            case OK -> Outcome.OK;
            case FAILED -> Outcome.FAILED;
            default -> Outcome.UNKNOWN;
        };
    }

    public Promise promise(long value) {
        return (states.get(value) & BEST_EFFORT_BIT) == 0 ? Promise.DURABLE : Promise.BEST_EFFORT;
    }

    public int attempts(long value) {
        return states.get(value) / ATTEMPT;
    }

    /** Acknowledged with the promise that it stays: what the rules on loss and order are about. */
    public boolean isKept(long value) {
        return outcome(value) == Outcome.OK && promise(value) == Promise.DURABLE;
    }

    long add(int producer, int partition, Promise promise, long nanos) {
        producers.add(producer);
        partitions.add(partition);
        invoked.add(nanos);
        ended.add(NEVER);
        offsets.add(NO_OFFSET);
        states.add(ATTEMPT + (promise == Promise.BEST_EFFORT ? BEST_EFFORT_BIT : 0) + UNKNOWN);
        return size() - 1L;
    }

    void attempt(long value) {
        states.set(value, states.get(value) + ATTEMPT);
    }

    void end(long value, Outcome outcome, long offset, long nanos) {
        states.set(value, (states.get(value) & ~OUTCOME_MASK) | code(outcome));
        offsets.set(value, offset);
        ended.set(value, nanos);
    }

    private static int code(Outcome outcome) {
        return switch (outcome) {
            case OK -> OK;
            case FAILED -> FAILED;
            case UNKNOWN -> UNKNOWN;
        };
    }
}
