package io.millrace.controller.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.controller.placement.PlacementCandidate.Holding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplicaPlacementTest {
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
    void brokersThatDoNotSayTheirRackCountAsOneRack() {
        List<PlacementCandidate> candidates =
                List.of(broker(0, null), broker(1, null), broker(2, null), broker(3, "a"));

        assertThat(ReplicaPlacement.place(candidates, 6, 2))
                .allSatisfy(replicas -> assertThat(replicas).contains(3));
    }

    @Test
    void topicsOfOnePartitionGoToTheBrokersThatCameLaterUntilTheseHaveCaughtUp() {
        Cluster cluster = new Cluster(3);
        cluster.create(30, 1);
        cluster.grow();

        List<Integer> first = cluster.createMany(10, 1, 1);
        List<Integer> next = cluster.createMany(4, 1, 1);

        assertThat(first).containsOnly(3);
        assertThat(next).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void aTopicOfManyPartitionsIsSpreadOverAllBrokersAlthoughOneIsNew() {
        Cluster cluster = new Cluster(3);
        cluster.create(30, 1);
        cluster.grow();

        assertThat(counts(cluster.create(14, 1), 1, 4))
                .containsExactlyInAnyOrder(3, 3, 4, 4)
                .endsWith(4);
    }

    @Test
    void addedPartitionsGoToBrokersThatHaveNoneOfTheTopic() {
        List<PlacementCandidate> candidates = List.of(
                new PlacementCandidate(0, null, true, new Holding(3, 3), new Holding(3, 3)),
                new PlacementCandidate(1, null, true, new Holding(3, 3), new Holding(3, 3)),
                new PlacementCandidate(2, null, true, Holding.NOTHING, new Holding(90, 90)));

        assertThat(ReplicaPlacement.place(candidates, 3, 1)).containsOnly(List.of(2));
    }

    @Test
    void manySmallTopicsSpreadTheirLeadersAndReplicas() {
        for (int replicationFactor = 1; replicationFactor <= 3; replicationFactor++) {
            Cluster cluster = new Cluster(9);
            for (int topic = 0; topic < 300; topic++) {
                cluster.create(1 + topic % 4, replicationFactor);
                assertThat(spread(cluster.replicas)).as("replicas").isLessThanOrEqualTo(2);
                assertThat(spread(cluster.leaders)).as("leaders").isLessThanOrEqualTo(2);
            }
        }
    }

    @Test
    void theWorkOfAbrokerThatDiesFallsToAllOthersAlike() {
        List<List<Integer>> placement = ReplicaPlacement.place(brokers(6), 60, 3);

        for (int dead = 0; dead < 6; dead++) {
            int[] inherited = new int[6];
            for (List<Integer> replicas : placement) {
                if (replicas.getFirst() == dead) {
                    inherited[replicas.get(1)]++;
                }
            }
            assertThat(IntStream.of(inherited).max().orElseThrow())
                    .as("what broker %d leaves to one other", dead)
                    .isLessThanOrEqualTo(4);
        }
    }

    @Test
    void brokersThatAreNotPreferredOnlyFillUpAndDoNotLead() {
        List<PlacementCandidate> candidates = List.of(
                new PlacementCandidate(0, null, false, Holding.NOTHING, Holding.NOTHING),
                new PlacementCandidate(1, null, true, Holding.NOTHING, new Holding(9, 9)));

        assertThat(ReplicaPlacement.place(candidates, 4, 1)).containsOnly(List.of(1));
        assertThat(ReplicaPlacement.place(candidates, 4, 2)).containsOnly(List.of(1, 0));
    }

    @Test
    void theSameClusterGivesTheSamePlacement() {
        List<PlacementCandidate> candidates = IntStream.range(0, 20)
                .mapToObj(id -> broker(id, "rack-" + id % 6))
                .toList();

        assertThat(ReplicaPlacement.place(candidates, 100, 3)).isEqualTo(ReplicaPlacement.place(candidates, 100, 3));
    }

    @Test
    void moreReplicasThanBrokersAreABug() {
        assertThatThrownBy(() -> ReplicaPlacement.place(brokers(2), 1, 3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thousandsOfPartitionsArePlacedEvenlyOverAhundredBrokers() {
        List<PlacementCandidate> candidates = IntStream.range(0, 100)
                .mapToObj(id -> broker(id, "rack-" + id % 3))
                .toList();

        List<List<Integer>> placement = ReplicaPlacement.place(candidates, 10_000, 3);

        Set<String> racks = new HashSet<>();
        placement
                .getFirst()
                .forEach(id ->
                        racks.add(Objects.requireNonNull(candidates.get(id).rack())));
        assertThat(racks).hasSize(3);
        assertThat(counts(placement, 1, 100)).containsOnly(100);
    }

    private static int[] counts(List<List<Integer>> placement, int firstReplicas, int brokers) {
        int[] counts = new int[brokers];
        placement.forEach(replicas -> replicas.subList(0, firstReplicas).forEach(id -> counts[id]++));
        return counts;
    }

    private static int spread(List<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).max().orElseThrow()
                - counts.stream().mapToInt(Integer::intValue).min().orElseThrow();
    }

    private static List<PlacementCandidate> brokers(int count) {
        return IntStream.range(0, count).mapToObj(id -> broker(id, null)).toList();
    }

    private static PlacementCandidate broker(int id, @Nullable String rack) {
        return new PlacementCandidate(id, rack, true, Holding.NOTHING, Holding.NOTHING);
    }

    /** A cluster of living brokers where topics are created one after the other. */
    private static final class Cluster {
        private final List<Integer> replicas = new ArrayList<>();
        private final List<Integer> leaders = new ArrayList<>();

        Cluster(int brokers) {
            for (int id = 0; id < brokers; id++) {
                grow();
            }
        }

        void grow() {
            replicas.add(0);
            leaders.add(0);
        }

        List<List<Integer>> create(int partitions, int replicationFactor) {
            List<PlacementCandidate> candidates = IntStream.range(0, replicas.size())
                    .mapToObj(id -> new PlacementCandidate(
                            id, null, true, Holding.NOTHING, new Holding(replicas.get(id), leaders.get(id))))
                    .toList();
            List<List<Integer>> placement = ReplicaPlacement.place(candidates, partitions, replicationFactor);
            for (List<Integer> partition : placement) {
                leaders.set(partition.getFirst(), leaders.get(partition.getFirst()) + 1);
                partition.forEach(id -> replicas.set(id, replicas.get(id) + 1));
            }
            return placement;
        }

        /** Returns the preferred leaders of all partitions made. */
        List<Integer> createMany(int topics, int partitions, int replicationFactor) {
            List<Integer> led = new ArrayList<>();
            for (int topic = 0; topic < topics; topic++) {
                create(partitions, replicationFactor).forEach(replicas -> led.add(replicas.getFirst()));
            }
            return led;
        }
    }
}
