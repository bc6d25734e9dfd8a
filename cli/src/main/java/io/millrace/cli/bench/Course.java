package io.millrace.cli.bench;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Warm-up, measured part and end of a load, for all workers together. Safe for use by any thread. */
final class Course {
    private final long measureFrom;
    private final long measureUntil;
    private final AtomicLong recordsLeft;

    /** What a worker is to do next. */
    enum Step {
        WARM_UP,
        MEASURE,
        END
    }

    Course(Duration warmUp, Duration duration, long records) {
        this.measureFrom = System.nanoTime() + warmUp.toNanos();
        this.measureUntil = measureFrom + duration.toNanos();
        this.recordsLeft = new AtomicLong(records);
    }

    /** Decides on the next so many records; those that are measured count towards the end. */
    Step next(int records) {
        long now = System.nanoTime();
        if (now - measureFrom < 0) {
            return Step.WARM_UP;
        }
        return now - measureUntil < 0 && recordsLeft.getAndAdd(-records) > 0 ? Step.MEASURE : Step.END;
    }

    /** Whether something that ended now belongs to the measured part. */
    boolean isOver() {
        return System.nanoTime() - measureUntil >= 0 || recordsLeft.get() <= 0;
    }

    long measureFrom() {
        return measureFrom;
    }
}
