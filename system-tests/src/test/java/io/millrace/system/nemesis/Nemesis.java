package io.millrace.system.nemesis;

import io.millrace.system.cluster.Cluster;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Lets things go wrong in a cluster, up to two at a time, in an order that a seed repeats. What a fault meets when it comes
 * is up to the machine: the same seed gives the same faults, not the same run.
 */
public final class Nemesis {
    private static final int AT_A_TIME_MAX = 2;

    /** Long enough for leases and sessions to run out, in some faults. */
    private static final int STEP_MILLIS_MAX = 5_000;

    private final Cluster cluster;
    private final Faults faults;
    private final Random chance;
    private final Deque<Fault> current = new ArrayDeque<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private int restarts;

    public Nemesis(Cluster cluster, long seed) {
        this.cluster = cluster;
        this.chance = new Random(seed);
        this.faults = new Faults(cluster, chance);
    }

    /** Goes on for so long, then puts everything right. */
    public void rage(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        try {
            while (System.nanoTime() - end < 0) {
                if (current.size() < AT_A_TIME_MAX && chance.nextBoolean()) {
                    strike(faults.next());
                } else if (!current.isEmpty()) {
                    mend();
                }
                startWhatEnded();
                TimeUnit.MILLISECONDS.sleep(chance.nextInt(STEP_MILLIS_MAX));
            }
        } finally {
            while (!current.isEmpty()) {
                mend();
            }
        }
    }

    /** How often what went wrong, by kind. */
    public Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    /** How often a process ended by itself and was started again, as it is by whatever looks after it. */
    public int restarts() {
        return restarts;
    }

    private void startWhatEnded() {
        cluster.processes()
                .filter(process -> !process.isRunning())
                .filter(process ->
                        current.stream().noneMatch(fault -> fault.victims().contains(process.name())))
                .forEach(process -> {
                    System.out.println("nemesis: " + process.name() + " ended by itself: " + process.lastLine());
                    process.start();
                    restarts++;
                });
    }

    private void strike(Fault fault) {
        boolean struck =
                current.stream().anyMatch(other -> other.victims().stream().anyMatch(fault.victims()::contains));
        if (!struck) {
            System.out.println("nemesis: begins: " + fault.name());
            fault.begin();
            current.add(fault);
            counts.merge(fault.name().split(" ", 2)[0], 1, Integer::sum);
        }
    }

    private void mend() {
        Fault oldest = current.remove();
        oldest.end();
        System.out.println("nemesis: ends: " + oldest.name());
    }
}
