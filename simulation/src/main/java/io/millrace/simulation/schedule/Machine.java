package io.millrace.simulation.schedule;

import io.millrace.core.environment.Clock;
import java.util.ArrayList;
import java.util.List;

/** A computer: its clocks, its power, and the processes that run on it. */
public final class Machine {
    /** 2026-01-01T00:00:00Z, so that timestamps in failures look like timestamps. */
    private static final long START_WALL_MILLIS = 1_767_225_600_000L;

    /** Monotonic clocks begin anywhere, so that nobody gets away with comparing those of two machines. */
    private static final long ORIGIN_NANOS_MAX = 1L << 50;

    private static final long WALL_SKEW_MILLIS_MAX = 200;

    private final Scheduler scheduler;
    private final String name;
    private final Chance chance;
    private final Clock clock = new MachineClock();
    private final List<SimProcess> processes = new ArrayList<>();
    private boolean powered = true;
    private int lives;
    private double rate = 1;
    private long rateSince;
    private long monotonicAtRate;
    private long wallOffsetMillis;

    public Machine(Scheduler scheduler, String name) {
        this.scheduler = scheduler;
        this.name = name;
        this.chance = scheduler.chance("machine " + name);
        this.wallOffsetMillis = chance.between(-WALL_SKEW_MILLIS_MAX, WALL_SKEW_MILLIS_MAX);
        this.monotonicAtRate = chance.nextLong(ORIGIN_NANOS_MAX);
    }

    public String name() {
        return name;
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    /** This machine's own stream of chance. */
    public Chance chance() {
        return chance;
    }

    /** Its clocks, which go as they are set. */
    public Clock clock() {
        return clock;
    }

    /** Starts a process of that name. */
    public SimProcess start(String program) {
        powered = true;
        SimProcess process = new SimProcess(this, program, ++lives);
        processes.removeIf(old -> !old.isAlive());
        processes.add(process);
        return process;
    }

    /** Whether anything answers here at all, be it only to say that nothing listens. */
    public boolean isPowered() {
        return powered;
    }

    /** Ends every process without a word to anybody. */
    public void losePower() {
        powered = false;
        monotonicAtRate = chance.nextLong(ORIGIN_NANOS_MAX);
        rateSince = scheduler.now();
        List.copyOf(processes).forEach(SimProcess::kill);
    }

    /** Lets the monotonic clock, and timers with it, run faster or slower than time, in millionths. */
    public void drift(int partsPerMillion) {
        monotonicAtRate = monotonic();
        rateSince = scheduler.now();
        rate = 1 + partsPerMillion / 1e6;
    }

    /** Sets the wall clock forward or back. */
    public void jumpWallClock(long millis) {
        wallOffsetMillis += millis;
    }

    /** The virtual time at which this machine's monotonic clock will have gone on by so much. */
    long whenPassed(long nanosOfThisMachine) {
        long delay = Math.max(0, nanosOfThisMachine);
        return scheduler.now() + (rate == 1 ? delay : (long) Math.ceil(delay / rate) + 1);
    }

    private long monotonic() {
        long passed = scheduler.now() - rateSince;
        return monotonicAtRate + (rate == 1 ? passed : (long) (passed * rate));
    }

    @Override
    public String toString() {
        return name;
    }

    private final class MachineClock implements Clock {
        @Override
        public long nanoTime() {
            return monotonic();
        }

        @Override
        public long wallMillis() {
            return START_WALL_MILLIS + wallOffsetMillis + scheduler.now() / 1_000_000;
        }
    }
}
