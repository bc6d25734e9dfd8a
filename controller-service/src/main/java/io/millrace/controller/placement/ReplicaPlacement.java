package io.millrace.controller.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Places replicas evenly: each next one goes to the preferred brokers first, then to a rack that the partition does not
 * use yet, then to the broker with the fewest replicas; the first replica of a partition, its preferred leader, to the
 * broker that leads least. Ties go to the lowest id, so that the same cluster gives the same placement.
 */
public final class ReplicaPlacement {
    private static final Comparator<Load> LEADS_LEAST = Comparator.comparing((Load load) -> !load.candidate.preferred())
            .thenComparingInt(load -> load.leaders)
            .thenComparingInt(load -> load.replicas)
            .thenComparingInt(Load::brokerId);

    private static final Comparator<Load> HOLDS_LEAST = Comparator.comparingInt((Load load) -> load.replicas)
            .thenComparingInt(load -> load.leaders)
            .thenComparingInt(Load::brokerId);

    private ReplicaPlacement() {}

    /**
     * Returns the replicas of each partition, the preferred leader first.
     *
     * @param replicationFactor at most the number of candidates
     */
    public static List<List<Integer>> place(
            List<PlacementCandidate> candidates, int partitionCount, int replicationFactor) {
        if (replicationFactor < 1 || replicationFactor > candidates.size()) {
            throw new IllegalArgumentException(
                    replicationFactor + " replicas do not fit on " + candidates.size() + " brokers");
        }
        List<Load> brokers = candidates.stream().map(Load::new).toList();
        List<List<Integer>> placement = new ArrayList<>(partitionCount);
        for (int partition = 0; partition < partitionCount; partition++) {
            placement.add(placeOne(brokers, replicationFactor));
        }
        return placement;
    }

    private static List<Integer> placeOne(List<Load> brokers, int replicationFactor) {
        List<Load> chosen = new ArrayList<>(replicationFactor);
        Load leader = brokers.stream().min(LEADS_LEAST).orElseThrow();
        leader.leaders++;
        chosen.add(leader);
        while (chosen.size() < replicationFactor) {
            chosen.add(brokers.stream()
                    .filter(broker -> !chosen.contains(broker))
                    .min(Comparator.comparing((Load load) -> !load.candidate.preferred())
                            .thenComparingLong(load -> inRack(chosen, load.candidate.rack()))
                            .thenComparing(HOLDS_LEAST))
                    .orElseThrow());
        }
        chosen.forEach(broker -> broker.replicas++);
        return chosen.stream().map(Load::brokerId).toList();
    }

    private static long inRack(List<Load> chosen, @Nullable String rack) {
        return chosen.stream()
                .filter(broker -> Objects.equals(broker.candidate.rack(), rack))
                .count();
    }

    /** What a broker carries while placement goes on. */
    private static final class Load {
        private final PlacementCandidate candidate;
        private int replicas;
        private int leaders;

        Load(PlacementCandidate candidate) {
            this.candidate = candidate;
            this.replicas = candidate.replicas();
            this.leaders = candidate.leaders();
        }

        int brokerId() {
            return candidate.brokerId();
        }
    }
}
