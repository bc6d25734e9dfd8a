package io.millrace.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;

/** Bounds of memory and time for work on input that somebody else chose. */
public final class Bounds {
    private static final long CPU_NANOS_MAX = 5_000_000_000L;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Bounds() {}

    /**
     * Does the work, which must allocate no more than so many bytes, and takes no more than seconds. It is done again when it allocated
     * more: the first time classes are loaded and instrumented on the way.
     */
    public static void hold(long allocatedBytesMax, Runnable work) {
        long cpu = THREADS.getCurrentThreadCpuTime();
        long allocated = allocatedBy(work);
        if (allocated > allocatedBytesMax) {
            cpu = THREADS.getCurrentThreadCpuTime();
            allocated = allocatedBy(work);
        }
        assertThat(allocated).as("bytes allocated").isLessThanOrEqualTo(allocatedBytesMax);
        assertThat(THREADS.getCurrentThreadCpuTime() - cpu)
                .as("nanoseconds taken")
                .isLessThan(CPU_NANOS_MAX);
    }

    private static long allocatedBy(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
