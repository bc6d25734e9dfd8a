package io.millrace.controller.placement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Places replicas evenly.
 *
 * <p>The brokers of a partition are taken one by one: preferred ones before others; from the racks that have the fewest
 * replicas of the partition; then the broker that has the fewest replicas of the topic, and among several of those the one
 * that has the fewest of all topics. So the topic itself is spread over all brokers, which is what its throughput depends
 * on, and brokers that came later catch up with each small topic and each remainder of a large one. Among equals the broker
 * is taken that shares the fewest partitions with those taken already, so that the work of one that dies falls to many.
 *
 * <p>The preferred leader, which comes first, is the broker of these that leads least, as {@link LeaderBalance} evens it
 * out. The last ties go to the lowest id: the same cluster gives the same placement.
 */
public final class ReplicaPlacement {
    private final List<Place> places = new ArrayList<>();

    private ReplicaPlacement(List<PlacementCandidate> candidates) {
        Map<@Nullable String, Rack> racks = new HashMap<>(); // looked up by name only
        for (PlacementCandidate candidate : candidates) {
            Rack rack = racks.computeIfAbsent(candidate.rack(), name -> new Rack());
            places.add(new Place(candidate, rack, candidates.size()));
        }
    }

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
        ReplicaPlacement placement = new ReplicaPlacement(candidates);
        List<PlacedPartition> partitions = new ArrayList<>(partitionCount);
        for (int partition = 0; partition < partitionCount; partition++) {
            partitions.add(placement.next(replicationFactor));
        }
        LeaderBalance.even(placement.places);
        return partitions.stream().map(PlacedPartition::brokerIds).toList();
    }

    private PlacedPartition next(int replicationFactor) {
        List<Place> chosen = new ArrayList<>(replicationFactor);
        places.forEach(place -> place.shared = 0);
        while (chosen.size() < replicationFactor) {
            Place best = best();
            best.choose();
            chosen.add(best);
            for (int i = 0; i < places.size(); i++) {
                places.get(i).shared += best.together(i);
            }
        }
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).chosen) {
                for (Place place : chosen) {
                    place.meet(i);
                }
            }
        }
        chosen.forEach(Place::release);
        return new PlacedPartition(chosen);
    }

    private Place best() {
        Place best = null;
        for (Place place : places) {
            if (!place.chosen && (best == null || place.compareRoom(best) < 0)) {
                best = place;
            }
        }
        return Objects.requireNonNull(best, "there are enough places");
    }
}
