package io.millrace.controller.placement;

import java.util.ArrayList;
import java.util.List;

/** A broker while placement goes on. For one thread. */
final class Place {
    final Rack rack;
    /** The new partitions that it leads. */
    final List<PlacedPartition> led = new ArrayList<>();

    int topicReplicas;
    int topicLeaders;
    int totalReplicas;
    int totalLeaders;

    /** Of how many new partitions it is the first to take over. */
    int deputies;

    /** Whether it has a replica of the partition that is being placed. */
    boolean chosen;

    /** How many earlier replicas it has beside replicas of those that are chosen. */
    int shared;

    private final PlacementCandidate candidate;
    private final int places;

    /** By the index of another place: the new partitions that both have; empty before the first. */
    private int[] together = {};

    Place(PlacementCandidate candidate, Rack rack, int places) {
        this.candidate = candidate;
        this.rack = rack;
        this.places = places;
        topicReplicas = candidate.ofTopic().replicas();
        topicLeaders = candidate.ofTopic().leaders();
        totalReplicas = candidate.total().replicas();
        totalLeaders = candidate.total().leaders();
        rack.add(candidate);
    }

    int brokerId() {
        return candidate.brokerId();
    }

    boolean isPreferred() {
        return candidate.preferred();
    }

    /**
     * Compares what speaks for the next replica being here, the weightiest first; negative when more speaks for this place.
     * By hand, for it is asked for every replica and broker.
     */
    int compareRoom(Place other) {
        int order = Boolean.compare(other.isPreferred(), isPreferred());
        order = order != 0 ? order : Integer.compare(rack.chosen, other.rack.chosen);
        order = order != 0 ? order : Integer.compare(topicReplicas, other.topicReplicas);
        order = order != 0 ? order : rack.compareFilling(other.rack);
        order = order != 0 ? order : Integer.compare(shared, other.shared);
        order = order != 0 ? order : Integer.compare(totalReplicas, other.totalReplicas);
        order = order != 0 ? order : Integer.compare(topicLeaders, other.topicLeaders);
        order = order != 0 ? order : Integer.compare(totalLeaders, other.totalLeaders);
        return order != 0 ? order : Integer.compare(brokerId(), other.brokerId());
    }

    void choose() {
        chosen = true;
        topicReplicas++;
        totalReplicas++;
        rack.chosen++;
        rack.topicReplicas++;
    }

    /** The partition is placed; the next one starts anew. */
    void release() {
        chosen = false;
        rack.chosen = 0;
    }

    int together(int index) {
        return together.length == 0 ? 0 : together[index];
    }

    void meet(int index) {
        if (together.length == 0) {
            together = new int[places];
        }
        together[index]++;
    }

    void lead(PlacedPartition partition) {
        led.add(partition);
        topicLeaders++;
        totalLeaders++;
    }

    void leadNoMore(PlacedPartition partition) {
        led.remove(partition);
        topicLeaders--;
        totalLeaders--;
    }
}
