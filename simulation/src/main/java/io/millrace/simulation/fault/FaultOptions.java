package io.millrace.simulation.fault;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How much goes wrong.
 *
 * @param pauseMin between two faults, at least
 * @param pauseMax the same, at most
 * @param weights how often each kind is chosen, in comparison with the others; what is missing never happens
 */
public record FaultOptions(Duration pauseMin, Duration pauseMax, Map<FaultKind, Integer> weights) {
    public FaultOptions {
        weights = new EnumMap<>(weights);
    }

    /** Everything that a cluster without a second copy must survive. */
    public static FaultOptions harmless() {
        Map<FaultKind, Integer> weights = new EnumMap<>(FaultKind.class);
        for (FaultKind kind : FaultKind.values()) {
            weights.put(kind, kind.destroys() ? 0 : 2);
        }
        weights.put(FaultKind.BROKER_KILLED, 6);
        weights.put(FaultKind.BROKER_LOST_POWER, 4);
        weights.put(FaultKind.BROKER_LOST_POWER_WHILE_WRITING, 4);
        weights.put(FaultKind.BROKER_LOST_POWER_WITH_A_SLOW_DISK, 4);
        weights.put(FaultKind.BROKER_PAUSED, 4);
        weights.put(FaultKind.LINK_CUT_ONE_WAY, 4);
        weights.put(FaultKind.CONNECTIONS_RESET, 4);
        weights.put(FaultKind.ALL_BROKERS_LOST_POWER, 1);
        return new FaultOptions(Duration.ofMillis(200), Duration.ofSeconds(6), weights);
    }

    /** The same, and what destroys copies. */
    public static FaultOptions all() {
        FaultOptions harmless = harmless();
        Map<FaultKind, Integer> weights = new EnumMap<>(harmless.weights);
        weights.put(FaultKind.BIT_FLIPPED, 2);
        weights.put(FaultKind.DISK_REPLACED, 1);
        return new FaultOptions(harmless.pauseMin, harmless.pauseMax, weights);
    }

    /** The same without what takes from a disk what was not synced: what a topic in the page cache has to survive. */
    public FaultOptions sparingPageCaches() {
        Map<FaultKind, Integer> fewer = new EnumMap<>(weights);
        fewer.keySet().removeIf(FaultKind::takesWhatIsNotSynced);
        return new FaultOptions(pauseMin, pauseMax, fewer);
    }

    /** The same with other pauses. */
    public FaultOptions every(Duration least, Duration most) {
        return new FaultOptions(least, most, weights);
    }

    /** Only those kinds, equally often. */
    public static FaultOptions only(Duration pauseMin, Duration pauseMax, FaultKind... kinds) {
        Map<FaultKind, Integer> weights = new EnumMap<>(FaultKind.class);
        for (FaultKind kind : kinds) {
            weights.put(kind, 1);
        }
        return new FaultOptions(pauseMin, pauseMax, weights);
    }

    /** Nothing goes wrong. */
    public static FaultOptions none() {
        return only(Duration.ofSeconds(1), Duration.ofSeconds(1));
    }
}
