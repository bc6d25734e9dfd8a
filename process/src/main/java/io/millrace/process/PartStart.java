package io.millrace.process;

/** How a part of a process is started that may have to wait for other processes. */
@FunctionalInterface
public interface PartStart {
    /** Whoever starts the part waits for it, and hears what it throws. */
    PartStart AT_ONCE = Runnable::run;

    /** Starts the part. */
    void run(Runnable part);
}
