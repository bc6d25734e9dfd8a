package io.millrace.controller.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaPlacementTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "3, 1", "3, 2", "3, 3", "5, 3", "7, 2"})
    void replicasAndLeadersAreSpreadEvenly(int brokers, int replicationFactor) {
        int partitions = brokers * 12;

        List<List<Integer>> placement = ReplicaPlacement.place(brokers(brokers), partitions, replicationFactor);

        assertThat(placement)
                .hasSize(partitions)
                .allSatisfy(replicas -> assertThat(new HashSet<>(replicas)).hasSize(replicationFactor));
        assertThat(count(placement, 1).values()).allMatch(leaders -> leaders == 12);
        assertThat(count(placement, replicationFactor).values())
                .allMatch(replicas -> Math.abs(replicas - 12 * replicationFactor) <= 1);
    }

    @Test
    void everyRackGetsAreplicaBeforeOneGetsTwo() {
        List<PlacementCandidate> candidates =
                List.of(broker(0, "a"), broker(1, "a"), broker(2, "a"), broker(3, "b"), broker(4, "c"));

        List<List<Integer>> placement = ReplicaPlacement.place(candidates, 10, 3);

        assertThat(placement)
                .allSatisfy(replicas -> assertThat(replicas.stream()
                                .map(id -> candidates.get(id).rack())
                                .distinct())
                        .hasSize(3));
    }

    @Test
    void theLeastLoadedBrokersComeFirst() {
        List<PlacementCandidate> candidates =
                List.of(new PlacementCandidate(0, null, true, 10, 10), new PlacementCandidate(1, null, true, 0, 0));

        assertThat(ReplicaPlacement.place(candidates, 4, 1)).allMatch(replicas -> replicas.equals(List.of(1)));
    }

    @Test
    void brokersThatAreNotPreferredOnlyFillUp() {
        List<PlacementCandidate> candidates =
                List.of(new PlacementCandidate(0, null, false, 0, 0), new PlacementCandidate(1, null, true, 9, 9));

        assertThat(ReplicaPlacement.place(candidates, 1, 1)).containsExactly(List.of(1));
        assertThat(ReplicaPlacement.place(candidates, 1, 2)).containsExactly(List.of(1, 0));
    }

    @Test
    void moreReplicasThanBrokersAreABug() {
        assertThatThrownBy(() -> ReplicaPlacement.place(brokers(2), 1, 3)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Map<Integer, Integer> count(List<List<Integer>> placement, int firstReplicas) {
        Map<Integer, Integer> counts = new TreeMap<>();
        placement.forEach(
                replicas -> replicas.subList(0, firstReplicas).forEach(id -> counts.merge(id, 1, Integer::sum)));
        return counts;
    }

    private static List<PlacementCandidate> brokers(int count) {
        return IntStream.range(0, count).mapToObj(id -> broker(id, null)).toList();
    }

    private static PlacementCandidate broker(int id, @Nullable String rack) {
        return new PlacementCandidate(id, rack, true, 0, 0);
    }
}
