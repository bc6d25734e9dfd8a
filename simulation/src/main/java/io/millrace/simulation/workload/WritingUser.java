package io.millrace.simulation.workload;

/** A user that writes. Everything happens on the loop of its machine. */
interface WritingUser {
    /** Writes from now on. */
    void begin();

    /** Begins nothing new. */
    void end();

    /** Whether it waits for an answer. */
    boolean isBusy();
}
