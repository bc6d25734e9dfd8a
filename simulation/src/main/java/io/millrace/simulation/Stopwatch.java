package io.millrace.simulation;

import io.millrace.simulation.run.Tally;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** What runs take in the real world. */
public final class Stopwatch {
    private final long startNanos = System.nanoTime();
    private final long startProcessorNanos = processorNanos();

    /** Time since the start. */
    public Duration wall() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** Time of the processor since the start, of all threads together. */
    public Duration processor() {
        return Duration.ofNanos(processorNanos() - startProcessorNanos);
    }

    /** The tally so far in one line, with what it took. */
    public String summary(Tally tally) {
        return tally.summary(wall(), processor());
    }

    /** The tally so far, with what it took, and what happened how often. */
    public String report(Tally tally) {
        return tally.report(wall(), processor());
    }

    private static long processorNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : System.nanoTime();
    }
}
