package io.millrace.cli.partition;

import io.millrace.cli.session.CommandFailure;
import io.millrace.v1.Partition;
import io.millrace.v1.PartitionTarget;
import io.millrace.v1.TopicPartitionDetail;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Proposes brokers for partitions, so that replicas and leads are spread evenly, the replicas of a partition over racks, and
 * as few of them move as that allows. The same input gives the same plan.
 */
final class MovePlan {
    private final Map<Integer, Broker> brokers = new TreeMap<>();
    private final Map<Integer, Integer> replicas = new TreeMap<>();
    private final Map<Integer, Integer> leads = new TreeMap<>();

    private MovePlan(List<Broker> candidates) {
        for (Broker broker : candidates) {
            brokers.put(broker.id(), broker);
            replicas.put(broker.id(), 0);
            leads.put(broker.id(), 0);
        }
    }

    /** Spreads the partitions over these brokers and no others. Only partitions that change are in the plan. */
    static List<PartitionTarget> over(List<Broker> brokers, List<TopicPartitionDetail> partitions) {
        MovePlan plan = new MovePlan(brokers);
        int wanted = partitions.stream()
                .mapToInt(detail -> target(detail.getPartition()).size())
                .sum();
        int most = Math.ceilDiv(wanted, Math.max(1, brokers.size()));
        List<List<Integer>> places = new ArrayList<>();
        for (TopicPartitionDetail detail : partitions) {
            places.add(plan.kept(target(detail.getPartition()), most));
        }
        for (int i = 0; i < partitions.size(); i++) {
            plan.fill(partitions.get(i), places.get(i));
        }
        int mostLeads = Math.ceilDiv(partitions.size(), Math.max(1, brokers.size()));
        places.forEach(place -> plan.chooseLead(place, mostLeads));
        return changes(partitions, places);
    }

    /** Takes the partitions away from some brokers; all other replicas stay where they are. */
    static List<PartitionTarget> awayFrom(
            Set<Integer> leaving, List<Broker> all, List<TopicPartitionDetail> partitions) {
        MovePlan plan = new MovePlan(
                all.stream().filter(broker -> !leaving.contains(broker.id())).toList());
        for (TopicPartitionDetail detail : partitions) {
            target(detail.getPartition()).forEach(id -> plan.replicas.computeIfPresent(id, (_, count) -> count + 1));
        }
        List<List<Integer>> places = new ArrayList<>();
        for (TopicPartitionDetail detail : partitions) {
            List<Integer> place = new ArrayList<>(target(detail.getPartition()));
            for (int i = 0; i < place.size(); i++) {
                if (leaving.contains(place.get(i))) {
                    place.set(i, plan.next(detail, place));
                }
            }
            places.add(place);
        }
        return changes(partitions, places);
    }

    /** Those that shall keep it when a move that is under way is through. */
    static List<Integer> target(Partition partition) {
        return partition.getReplicasList().stream()
                .filter(id ->
                        !partition.getReassignment().getRemovingReplicasList().contains(id))
                .toList();
    }

    private List<Integer> kept(List<Integer> present, int most) {
        List<Integer> kept = new ArrayList<>();
        for (int id : present) {
            if (brokers.containsKey(id) && replicas.getOrDefault(id, 0) < most) {
                kept.add(id);
                replicas.merge(id, 1, Integer::sum);
            }
        }
        return kept;
    }

    private void fill(TopicPartitionDetail detail, List<Integer> place) {
        while (place.size() < target(detail.getPartition()).size()) {
            place.add(next(detail, place));
        }
    }

    /** The one in a rack of its own, if there is any, that has the fewest replicas. */
    private int next(TopicPartitionDetail detail, List<Integer> taken) {
        Set<String> racks = new TreeSet<>();
        taken.stream().filter(brokers::containsKey).forEach(id -> racks.add(rackOf(id)));
        int chosen = brokers.keySet().stream()
                .filter(id -> !taken.contains(id))
                .min(Comparator.<Integer, Boolean>comparing(id -> !rackOf(id).isEmpty() && racks.contains(rackOf(id)))
                        .thenComparing(id -> replicas.getOrDefault(id, 0))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow(() -> CommandFailure.failed("Partition " + Name.of(Survey.nameOf(detail)) + " has "
                        + target(detail.getPartition()).size() + " replicas, and there are only " + brokers.size()
                        + " brokers for them."));
        replicas.merge(chosen, 1, Integer::sum);
        return chosen;
    }

    private String rackOf(int id) {
        Broker broker = brokers.get(id);
        return broker == null ? "" : broker.rack();
    }

    private void chooseLead(List<Integer> place, int most) {
        if (leads.getOrDefault(place.getFirst(), 0) >= most) {
            int least = place.stream()
                    .min(Comparator.comparing(id -> leads.getOrDefault(id, 0)))
                    .orElseThrow();
            Collections.swap(place, 0, place.indexOf(least));
        }
        leads.merge(place.getFirst(), 1, Integer::sum);
    }

    private static List<PartitionTarget> changes(List<TopicPartitionDetail> partitions, List<List<Integer>> places) {
        List<PartitionTarget> changes = new ArrayList<>();
        for (int i = 0; i < partitions.size(); i++) {
            if (!places.get(i).equals(target(partitions.get(i).getPartition()))) {
                changes.add(PartitionTarget.newBuilder()
                        .setPartition(Survey.nameOf(partitions.get(i)))
                        .addAllBrokerIds(places.get(i))
                        .build());
            }
        }
        return changes;
    }
}
