package io.millrace.simulation;

import io.millrace.simulation.run.RunResult;
import io.millrace.simulation.run.Tally;
import io.millrace.simulation.scenario.Scenario;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs seeds for as long as one likes, each on one thread.
 *
 * <pre>
 *   SimulationMain 42               one seed
 *   SimulationMain 1 1000           seeds from 1 to 1000
 *   SimulationMain 1 PT2H           seeds from 1 on, for two hours
 *   SimulationMain 1 PT2H 2         the same, two at a time
 * </pre>
 */
public final class SimulationMain {
    /** How often it is told how far it has come. */
    private static final Duration TELL_EVERY = Duration.ofMinutes(1);

    private final Tally tally = new Tally();
    private final Stopwatch watch = new Stopwatch();
    private final AtomicLong next;
    private final long last;
    private final Duration limit;
    private final boolean tellsOfEach;
    private Duration toldAt = Duration.ZERO;
    private final PrintStream out;

    private SimulationMain(long first, long last, Duration limit, PrintStream out) {
        this.next = new AtomicLong(first);
        this.last = last;
        this.limit = limit;
        this.tellsOfEach = first == last;
        this.out = out;
    }

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length < 1 || arguments.length > 3) {
            System.err.println("Say a seed, two seeds, or a seed and a duration as PT2H; then how many at a time.");
            System.exit(2);
        }
        long first = Long.parseLong(arguments[0]);
        boolean forAWhile = arguments.length > 1 && arguments[1].startsWith("P");
        long last = arguments.length == 1 ? first : forAWhile ? Long.MAX_VALUE : Long.parseLong(arguments[1]);
        Duration limit = forAWhile ? Duration.parse(arguments[1]) : Duration.ofDays(365);
        int threads = arguments.length == 3 ? Integer.parseInt(arguments[2]) : 1;
        SimulationMain simulation = new SimulationMain(first, last, limit, System.out);
        simulation.run(threads);
        System.exit(simulation.tally.failures() == 0 ? 0 : 1);
    }

    private void run(int threads) throws InterruptedException {
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(Thread.ofPlatform().name("seeds-" + i).start(this::runSeeds));
        }
        for (Thread thread : all) {
            thread.join();
        }
        out.println(watch.report(tally));
    }

    private void runSeeds() {
        for (long seed = next.getAndIncrement();
                seed <= last && watch.wall().compareTo(limit) < 0;
                seed = next.getAndIncrement()) {
            tell(run(seed));
        }
    }

    private synchronized void tell(RunResult result) {
        tally.add(result);
        if (result.failure() != null || tellsOfEach) {
            out.println(result);
        }
        if (result.failure() != null) {
            result.failure().cause().printStackTrace(out);
        }
        if (watch.wall().minus(toldAt).compareTo(TELL_EVERY) > 0) {
            toldAt = watch.wall();
            out.println("so far " + watch.summary(tally));
        }
    }

    /** One seed with everything that a run has to show. */
    public static RunResult run(long seed) {
        return Scenario.ofSeed(seed).run(seed);
    }
}
