package io.millrace.controller.placement;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Evens out who leads, without touching where replicas are. While a broker leads at least two partitions more than another
 * one, and leaders can be moved along a chain of shared partitions from the first to the second, each by one link, they are.
 * What remains uneven could not be even with these replicas.
 */
final class LeaderBalance {
    private LeaderBalance() {}

    static void even(List<Place> places) {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Place place : places) {
                while (relieve(place)) {
                    moved = true;
                }
            }
        }
    }

    /** Moves one leader away from the place, if that makes things more even. */
    private static boolean relieve(Place overloaded) {
        Map<Place, PlacedPartition> cameBy = new HashMap<>(); // looked up only
        Deque<Place> reached = new ArrayDeque<>(List.of(overloaded));
        @Nullable Place least = null;
        while (!reached.isEmpty()) {
            Place from = reached.remove();
            if (from.topicLeaders <= overloaded.topicLeaders - 2
                    && (least == null || from.topicLeaders < least.topicLeaders)) {
                least = from;
            }
            for (PlacedPartition partition : from.led) {
                for (Place to : partition.replicas) {
                    if (to != overloaded && partition.mayMoveTo(to) && cameBy.putIfAbsent(to, partition) == null) {
                        reached.add(to);
                    }
                }
            }
        }
        if (least == null) {
            return false;
        }
        for (Place to = least; to != overloaded; ) {
            PlacedPartition link = Objects.requireNonNull(cameBy.get(to), "every place on the way was reached");
            Place from = link.leader();
            link.moveTo(to);
            to = from;
        }
        return true;
    }
}
