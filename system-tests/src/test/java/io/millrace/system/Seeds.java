package io.millrace.system;

import java.util.concurrent.ThreadLocalRandom;

/** Seeds of tests that let chance play. */
final class Seeds {
    private static final long MAX = 1_000_000_000;

    private Seeds() {}

    /** The one that was given for this run, or else any; prints it. */
    static long of(String test) {
        String given = System.getProperty("millrace.system." + test + "-seed", "");
        long seed = given.isBlank() ? ThreadLocalRandom.current().nextLong(MAX) : Long.parseLong(given);
        System.out.println(test + ": seed " + seed);
        return seed;
    }
}
