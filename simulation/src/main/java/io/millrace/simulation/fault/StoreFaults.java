package io.millrace.simulation.fault;

import io.millrace.simulation.cluster.SimCluster;
import io.millrace.simulation.cluster.SimController;
import io.millrace.simulation.cluster.SimStore;
import io.millrace.simulation.schedule.Chance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store that is away, ends sessions, or says things late, wrongly, or not at all. */
final class StoreFaults {
    private static final Duration NEWS_MAX = Duration.ofSeconds(20);

    private final SimCluster cluster;
    private final SimStore store;
    private final Chance chance;

    StoreFaults(SimCluster cluster, Chance chance) {
        this.cluster = cluster;
        this.store = cluster.store();
        this.chance = chance;
    }

    void addTo(Map<FaultKind, Faults> kinds) {
        kinds.put(FaultKind.STORE_AWAY, () -> {
            if (store.isPaused()) {
                return Optional.empty();
            }
            store.pause();
            return Optional.of(store::resume);
        });
        kinds.put(FaultKind.SESSION_EXPIRED, () -> {
            store.expire(controller());
            return Optional.of(Faults.ENDS_BY_ITSELF);
        });
        kinds.put(FaultKind.STORE_ANSWERS_LOST, () -> {
            store.withholdAnswers(true);
            return Optional.of(() -> store.withholdAnswers(false));
        });
        kinds.put(FaultKind.STORE_READS_STALE, () -> {
            store.stopShownEpoch(true);
            return Optional.of(() -> store.stopShownEpoch(false));
        });
        kinds.put(FaultKind.STORE_NEWS_DELAYED, () -> {
            store.delayNews(NEWS_MAX);
            return Optional.of(() -> store.delayNews(Duration.ZERO));
        });
    }

    /** Rather the one that decides: the others are not missed. */
    private SimController controller() {
        List<SimController> deciding =
                cluster.controllers().stream().filter(SimController::leads).toList();
        return chance.pick(deciding.isEmpty() || chance.oneIn(4) ? cluster.controllers() : deciding);
    }
}
