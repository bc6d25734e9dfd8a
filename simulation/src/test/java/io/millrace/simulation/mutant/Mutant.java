package io.millrace.simulation.mutant;

import java.util.List;

/**
 * A bug that a replicated log may have.
 *
 * @param what is wrong with it
 * @param focus what the seeds are about that have to find it
 * @param firstSeed from which on seeds are tried: 1, unless few seeds find it, and then one that did not need many when it was noted
 * @param seedsMax within how many seeds it must be found: so many that bad luck is no excuse
 * @param edits most are one fragment of one file; where the product makes sure of a thing twice, in places that do not rely on
 *     each other, a change of one of them is no bug yet, and all are changed
 */
record Mutant(String name, String what, Focus focus, long firstSeed, int seedsMax, List<Edit> edits) {
    Mutant(String name, String what, Focus focus, int seedsMax, Edit... edits) {
        this(name, what, focus, 1, seedsMax, List.of(edits));
    }

    /** The same, looked for from that seed on. */
    Mutant from(long seed) {
        return new Mutant(name, what, focus, seed, seedsMax, edits);
    }

    @Override
    public String toString() {
        return name;
    }
}
