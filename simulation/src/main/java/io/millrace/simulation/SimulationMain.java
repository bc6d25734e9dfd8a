package io.millrace.simulation;

import io.millrace.simulation.run.Run;
import io.millrace.simulation.run.RunOptions;
import io.millrace.simulation.run.RunResult;
import io.millrace.simulation.run.Tally;
import io.millrace.simulation.run.Writability;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/**
 * Runs seeds for as long as one likes.
 *
 * <pre>
 *   SimulationMain 42              one seed
 *   SimulationMain 1 1000          seeds from 1 to 1000
 *   SimulationMain 1 PT2H          seeds from 1 on, for two hours
 * </pre>
 */
public final class SimulationMain {
    private SimulationMain() {}

    public static void main(String[] arguments) {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println("Say a seed, two seeds, or a seed and a duration as PT2H.");
            System.exit(2);
        }
        long first = Long.parseLong(arguments[0]);
        boolean forAWhile = arguments.length == 2 && arguments[1].startsWith("P");
        long last = arguments.length == 1 ? first : forAWhile ? Long.MAX_VALUE : Long.parseLong(arguments[1]);
        Duration limit = forAWhile ? Duration.parse(arguments[1]) : Duration.ofDays(365);
        System.exit(run(first, last, limit, System.out) ? 0 : 1);
    }

    private static boolean run(long first, long last, Duration limit, PrintStream out) {
        Tally tally = new Tally();
        long start = System.nanoTime();
        for (long seed = first; seed <= last && System.nanoTime() - start < limit.toNanos(); seed++) {
            RunResult result = run(seed);
            tally.add(result);
            if (result.failure() != null || first == last) {
                out.println(result);
            }
            if (result.failure() != null) {
                result.failure().cause().printStackTrace(out);
            }
        }
        out.println(tally.report(Duration.ofNanos(System.nanoTime() - start)));
        return tally.failures() == 0;
    }

    /** One seed with everything that a run has to show. */
    public static RunResult run(long seed) {
        RunOptions options = RunOptions.DEFAULTS;
        return new Run(seed, options, List.of(new Writability(options.topics()))).go();
    }
}
