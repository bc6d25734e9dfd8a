package io.millrace.core.metadata;

import java.util.List;

/**
 * A change of the replicas of a partition that is under way (KIP-455). Until it is completed or cancelled, the partition's
 * replicas are those that it shall have, followed by those to be removed.
 *
 * @param adding broker ids of replicas that are being built
 * @param removing broker ids of replicas that go once those to be kept and added are in sync
 * @param bytesPerSecond how much each broker that adds a replica takes in for it at most, or {@link #UNLIMITED}
 */
public record Reassignment(List<Integer> adding, List<Integer> removing, long bytesPerSecond) {
    /** No throttle. */
    public static final long UNLIMITED = -1;

    public Reassignment {
        adding = List.copyOf(adding);
        removing = List.copyOf(removing);
    }
}
