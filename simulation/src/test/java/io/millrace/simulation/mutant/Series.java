package io.millrace.simulation.mutant;

import io.millrace.simulation.run.RunResult;

/**
 * Runs series of seeds, each up to the first seed that fails, and prints a line for each series. What runs is whatever comes
 * first on the class path: a mutant, or else the product.
 *
 * <pre>
 *   Series EVERYTHING 20 1               the seeds 1 to 20
 *   Series LOST_DISKS 100 100000 200000  two series of at most 100 seeds that begin there
 * </pre>
 */
final class Series {
    private Series() {}

    public static void main(String[] arguments) {
        Focus focus = Focus.valueOf(arguments[0]);
        int seedsMax = Integer.parseInt(arguments[1]);
        for (int i = 2; i < arguments.length; i++) {
            System.out.println(
                    run(focus, Long.parseLong(arguments[i]), seedsMax).asLine());
        }
    }

    private static Finding run(Focus focus, long first, int seedsMax) {
        for (int seeds = 1; seeds <= seedsMax; seeds++) {
            RunResult result = focus.run(first + seeds - 1);
            if (result.failure() != null) {
                return Finding.of(result, seeds);
            }
        }
        return Finding.none(first + seedsMax - 1, seedsMax);
    }
}
