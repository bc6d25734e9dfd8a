package io.millrace.simulation.run;

import io.millrace.simulation.fault.FaultKind;
import io.millrace.simulation.schedule.Effect;
import io.millrace.simulation.schedule.SimulationFailure;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run went.
 *
 * @param virtual time that passed in it
 * @param effects what came of faults
 * @param trace hash of everything that happened: the same for the same seed and program
 * @param failure what ended it before its time, or null
 */
public record RunResult(
        long seed,
        long events,
        Duration virtual,
        Map<FaultKind, Integer> faults,
        Map<Effect, Long> effects,
        long trace,
        @Nullable SimulationFailure failure) {
    public RunResult {
        EnumMap<FaultKind, Integer> sorted = new EnumMap<>(FaultKind.class);
        sorted.putAll(faults);
        faults = sorted;
        EnumMap<Effect, Long> sortedEffects = new EnumMap<>(Effect.class);
        sortedEffects.putAll(effects);
        effects = sortedEffects;
    }

    /** How to see the same again. */
    public String replay() {
        return "mvn -pl simulation -am verify -Dtest=SeedsTest -Dsurefire.failIfNoSpecifiedTests=false -Dseed=" + seed;
    }

    @Override
    public String toString() {
        String told = "seed " + seed + ": " + events + " events in " + virtual + ", trace " + Long.toHexString(trace)
                + ", faults " + faults + ", effects " + effects;
        return failure == null ? told : told + "; FAILED " + failure + "\nreplay: " + replay();
    }
}
