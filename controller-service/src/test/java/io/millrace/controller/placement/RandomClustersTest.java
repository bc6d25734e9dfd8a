package io.millrace.controller.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.controller.placement.PlacementCandidate.Holding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds of every placement, over clusters that a seed describes. A failure names the cluster. */
class RandomClustersTest {
    private static final int CLUSTERS = 400;
    private static final long SEED = 20_261_122;

    /** How brokers are spread over racks. */
    enum Racks {
        NONE,
        EQUAL,
        RANDOM;

        @Nullable
        String of(int broker, int racks, Random random) {
            return switch (this) {
                case NONE -> null;
                case EQUAL -> "rack-" + broker % racks;
                case RANDOM -> {
                    int rack = random.nextInt(racks + 1);
                    yield rack == racks ? null : "rack-" + rack;
                }
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void replicasAndLeadersAreSpreadAsFarAsRacksPermit(Racks racks) {
        Random random = new Random(SEED);
        for (int i = 0; i < CLUSTERS; i++) {
            Sample sample = Sample.random(racks, random);

            List<List<Integer>> placement =
                    ReplicaPlacement.place(sample.candidates, sample.partitions, sample.replicationFactor);

            assertThat(placement).as("%s", sample).hasSize(sample.partitions).allSatisfy(replicas -> {
                assertThat(new HashSet<>(replicas)).hasSize(sample.replicationFactor);
                assertThat(sample.racksOf(replicas)).isEqualTo(sample.fullestSpread());
            });
            int[] leaders = sample.count(placement, 1);
            assertThat(spread(leaders)).as("leaders in %s", sample).isLessThanOrEqualTo(1);
            int[] replicas = sample.count(placement, sample.replicationFactor);
            for (List<Integer> neighbours : sample.brokersByRack()) {
                int[] here = neighbours.stream().mapToInt(id -> replicas[id]).toArray();
                assertThat(spread(here)).as("in one rack of %s", sample).isLessThanOrEqualTo(1);
            }
            if (racks != Racks.RANDOM) {
                assertThat(spread(replicas)).as("replicas in %s", sample).isLessThanOrEqualTo(1);
            }
        }
    }

    private static int spread(int[] counts) {
        return IntStream.of(counts).max().orElseThrow()
                - IntStream.of(counts).min().orElseThrow();
    }

    /** An empty cluster and a topic for it. */
    private record Sample(List<PlacementCandidate> candidates, int partitions, int replicationFactor) {
        static Sample random(Racks shape, Random random) {
            int racks = 1 + random.nextInt(5);
            int brokers = shape == Racks.EQUAL ? racks * (1 + random.nextInt(4)) : 1 + random.nextInt(15);
            List<PlacementCandidate> candidates = new ArrayList<>();
            for (int id = 0; id < brokers; id++) {
                candidates.add(new PlacementCandidate(
                        id, shape.of(id, racks, random), true, Holding.NOTHING, Holding.NOTHING));
            }
            return new Sample(candidates, 1 + random.nextInt(100), 1 + random.nextInt(Math.min(brokers, 5)));
        }

        int[] count(List<List<Integer>> placement, int firstReplicas) {
            int[] counts = new int[candidates.size()];
            placement.forEach(replicas -> replicas.subList(0, firstReplicas).forEach(id -> counts[id]++));
            return counts;
        }

        List<List<Integer>> brokersByRack() {
            Map<@Nullable String, List<Integer>> brokers = new HashMap<>();
            candidates.forEach(candidate -> brokers.computeIfAbsent(candidate.rack(), rack -> new ArrayList<>())
                    .add(candidate.brokerId()));
            return new ArrayList<>(brokers.values());
        }

        /** How many of the replicas each rack has, sorted. */
        List<Integer> racksOf(List<Integer> replicas) {
            Map<@Nullable String, Integer> counts = new HashMap<>();
            replicas.forEach(id -> counts.merge(candidates.get(id).rack(), 1, Integer::sum));
            return counts.values().stream().sorted().toList();
        }

        /** How many replicas each rack has when no rack has one more than it must, sorted. */
        List<Integer> fullestSpread() {
            List<Integer> sizes = brokersByRack().stream().map(List::size).toList();
            int[] taken = new int[sizes.size()];
            for (int replica = 0; replica < replicationFactor; replica++) {
                int least = -1;
                for (int rack = 0; rack < taken.length; rack++) {
                    if (taken[rack] < sizes.get(rack) && (least < 0 || taken[rack] < taken[least])) {
                        least = rack;
                    }
                }
                taken[least]++;
            }
            return IntStream.of(taken)
                    .filter(count -> count > 0)
                    .sorted()
                    .boxed()
                    .toList();
        }
    }
}
