package io.millrace.simulation.run;

import io.millrace.simulation.cluster.SimCluster;

/**
 * Looks on at a run and judges it. Whatever does not hold is thrown, and ends the run as failed. A proof may bring actors of
 * its own: see {@link SimCluster#client}.
 */
public interface Proof {
    /** Before the first event, when nothing runs yet. */
    default void begin(SimCluster cluster) {}

    /** All topics are there and all brokers serve; faults begin now. */
    default void ready() {}

    /** After every event. */
    default void afterEvent() {}

    /** Nothing goes wrong any more. From now on everything must come right. */
    default void healed() {}

    /** Whether everything has come right, as far as this proof can say. */
    default boolean converged() {
        return true;
    }

    /** What is still missing, when it has not. */
    default String missing() {
        return "";
    }

    /** Everything has come right, as far as all proofs can say: what a proof has to do after that begins. */
    default void settled() {}

    /** Whether what began then is done. */
    default boolean finished() {
        return true;
    }

    /** At the end. */
    default void end() {}
}
