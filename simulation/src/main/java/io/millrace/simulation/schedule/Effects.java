package io.millrace.simulation.schedule;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** Counts what came of things that went wrong. */
public final class Effects {
    private final Map<Effect, Long> counts = new EnumMap<>(Effect.class);

    /** It happened once more. */
    public void add(Effect effect) {
        counts.merge(effect, 1L, Long::sum);
    }

    /** How often each has happened. */
    public Map<Effect, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }
}
