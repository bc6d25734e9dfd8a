package io.millrace.controller.placement;

import org.jspecify.annotations.Nullable;

/**
 * A broker that may take replicas.
 *
 * @param rack where it stands; brokers that do not say count as one rack
 * @param preferred false when it is taken only where the preferred ones do not suffice: a fenced broker. It is taken then,
 *     for a topic must not fail because one of as many brokers as it has replicas is restarting
 * @param ofTopic what it holds already of the topic that the new partitions belong to
 * @param total what it holds already of all topics
 */
public record PlacementCandidate(
        int brokerId, @Nullable String rack, boolean preferred, Holding ofTopic, Holding total) {
    /**
     * Partitions that a broker holds.
     *
     * @param replicas how many it has a replica of
     * @param leaders of how many it is the first replica, the preferred leader
     */
    public record Holding(int replicas, int leaders) {
        /** Of a broker that is new. */
        public static final Holding NOTHING = new Holding(0, 0);
    }
}
