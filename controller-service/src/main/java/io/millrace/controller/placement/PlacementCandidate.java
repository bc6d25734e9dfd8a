package io.millrace.controller.placement;

import org.jspecify.annotations.Nullable;

/**
 * A broker that may take replicas.
 *
 * @param rack where it stands; brokers that do not say count as one rack
 * @param preferred false when it is taken only where the preferred ones do not suffice
 * @param replicas that it holds already
 * @param leaders partitions of which it is the first replica already
 */
public record PlacementCandidate(int brokerId, @Nullable String rack, boolean preferred, int replicas, int leaders) {}
