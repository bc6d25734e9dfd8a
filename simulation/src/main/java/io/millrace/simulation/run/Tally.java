package io.millrace.simulation.run;

import io.millrace.simulation.fault.FaultKind;
import io.millrace.simulation.schedule.Effect;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The sum of many runs. */
public final class Tally {
    private final Map<FaultKind, Integer> faults = new EnumMap<>(FaultKind.class);
    private final Map<Effect, Long> effects = new EnumMap<>(Effect.class);
    private Duration virtual = Duration.ZERO;
    private long seeds;
    private long events;
    private long failures;

    public void add(RunResult result) {
        seeds++;
        events += result.events();
        virtual = virtual.plus(result.virtual());
        result.faults().forEach((kind, count) -> faults.merge(kind, count, Integer::sum));
        result.effects().forEach((effect, count) -> effects.merge(effect, count, Long::sum));
        if (result.failure() != null) {
            failures++;
        }
    }

    public long seeds() {
        return seeds;
    }

    public long failures() {
        return failures;
    }

    /**
     * Figures in one line.
     *
     * @param processor time that all of it took, as a machine may be busy with other things
     */
    public String summary(Duration wall, Duration processor) {
        double hours = virtual.toMillis() / 3_600_000.0;
        return String.format(
                Locale.ROOT,
                "%d seeds, %d failed; %.2f simulated hours, %d events in %d s, %.0f times real time; %.0f times on one core",
                seeds,
                failures,
                hours,
                events,
                wall.toSeconds(),
                times(wall),
                times(processor));
    }

    /** The same, and one line for each kind of fault and for each thing that came of them. */
    public String report(Duration wall, Duration processor) {
        return summary(wall, processor) + lines("faults", faults) + lines("what came of them", effects);
    }

    private static String lines(String title, Map<?, ? extends Number> counts) {
        StringBuilder lines = new StringBuilder(String.format(Locale.ROOT, "%n %s:", title));
        counts.forEach(
                (kind, count) -> lines.append(String.format(Locale.ROOT, "%n  %-34s %d", kind, count.longValue())));
        return lines.toString();
    }

    private double times(Duration taken) {
        return virtual.toNanos() / (double) Math.max(1, taken.toNanos());
    }
}
