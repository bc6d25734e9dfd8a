package io.millrace.simulation.fault;

import io.millrace.simulation.cluster.SimCluster;
import io.millrace.simulation.schedule.Chance;
import io.millrace.simulation.schedule.Scheduler;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lets things go wrong at times that the seed decides, and ends each of them again after a while. */
public final class FaultPlan {
    private static final Duration SHORT_MIN = Duration.ofMillis(50);
    private static final Duration SHORT_MAX = Duration.ofSeconds(3);

    /** Longer than any lease or timeout. */
    private static final Duration LONG_MAX = Duration.ofSeconds(25);

    private final SimCluster cluster;
    private final Scheduler scheduler;
    private final FaultOptions options;
    private final Chance chance;
    private final Map<FaultKind, Faults> kinds = new EnumMap<>(FaultKind.class);
    private final Map<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);
    private final Set<Runnable> ends = new LinkedHashSet<>();
    private boolean over;

    public FaultPlan(SimCluster cluster, FaultOptions options) {
        this.cluster = cluster;
        this.scheduler = cluster.scheduler();
        this.options = options;
        this.chance = scheduler.chance("faults");
        new ProcessFaults(cluster, chance).addTo(kinds);
        new StoreFaults(cluster, chance).addTo(kinds);
        new NetworkFaults(cluster, chance).addTo(kinds);
        new MachineFaults(cluster, chance).addTo(kinds);
    }

    /** Begins. */
    public void begin() {
        if (options.weights().values().stream().anyMatch(weight -> weight > 0)) {
            later();
        }
    }

    /** Ends everything that is wrong, and lets nothing go wrong any more: every machine runs, every link carries. */
    public void heal() {
        over = true;
        List<Runnable> all = List.copyOf(ends);
        ends.clear();
        all.forEach(Runnable::run);
        cluster.heal();
    }

    /** How often each kind has happened. */
    public Map<FaultKind, Integer> counts() {
        return Collections.unmodifiableMap(counts);
    }

    private void later() {
        scheduler.after(chance.between(options.pauseMin(), options.pauseMax()), "fault", this::next);
    }

    private void next() {
        if (!over) {
            begin(choose());
            later();
        }
    }

    private void begin(FaultKind kind) {
        Faults faults = kinds.get(kind);
        Optional<Runnable> end = faults == null ? Optional.empty() : faults.begin();
        if (end.isEmpty()) {
            return;
        }
        counts.merge(kind, 1, Integer::sum);
        scheduler.trace().add(kind.name(), scheduler.now());
        Runnable ending = end.get();
        ends.add(ending);
        Duration lasts = chance.between(SHORT_MIN, chance.oneIn(3) ? LONG_MAX : SHORT_MAX);
        scheduler.after(lasts, "end of fault", () -> {
            if (ends.remove(ending)) {
                ending.run();
            }
        });
    }

    private FaultKind choose() {
        int sum =
                options.weights().values().stream().mapToInt(Integer::intValue).sum();
        int drawn = chance.nextInt(sum);
        for (Map.Entry<FaultKind, Integer> weighed : options.weights().entrySet()) {
            drawn -= weighed.getValue();
            if (drawn < 0) {
                return weighed.getKey();
            }
        }
        throw new IllegalStateException("No kind of fault was chosen");
    }
}
