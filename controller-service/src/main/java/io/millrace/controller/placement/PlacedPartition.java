package io.millrace.controller.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A partition whose replicas have their places; who leads it may still change. For one thread. */
final class PlacedPartition {
    private static final Comparator<Place> LEADS_LEAST = Comparator.comparing((Place place) -> !place.isPreferred())
            .thenComparingInt(place -> place.topicLeaders)
            .thenComparingInt(place -> place.totalLeaders)
            .thenComparingInt(Place::brokerId);

    private static final Comparator<Place> TAKES_OVER_LEAST = Comparator.comparing(
                    (Place place) -> !place.isPreferred())
            .thenComparingInt(place -> place.deputies)
            .thenComparingInt(Place::brokerId);

    final List<Place> replicas;
    private Place leader;

    /** Led by the place that leads least of those that are preferred, if there are any. */
    PlacedPartition(List<Place> replicas) {
        this.replicas = replicas;
        leader = replicas.stream().min(LEADS_LEAST).orElseThrow();
        leader.lead(this);
    }

    Place leader() {
        return leader;
    }

    /** Whether that one could lead as well as the present leader. */
    boolean mayMoveTo(Place place) {
        return place != leader && place.isPreferred() == leader.isPreferred();
    }

    void moveTo(Place place) {
        leader.leadNoMore(this);
        leader = place;
        leader.lead(this);
    }

    /** The broker ids: the leader, then whoever has been the first to take over least often, then the others. */
    List<Integer> brokerIds() {
        List<Place> others = new ArrayList<>(replicas);
        others.remove(leader);
        others.sort(TAKES_OVER_LEAST);
        List<Integer> ids = new ArrayList<>(replicas.size());
        ids.add(leader.brokerId());
        others.forEach(place -> ids.add(place.brokerId()));
        if (!others.isEmpty()) {
            others.getFirst().deputies++;
        }
        return ids;
    }
}
