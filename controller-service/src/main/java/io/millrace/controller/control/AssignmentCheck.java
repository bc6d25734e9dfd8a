package io.millrace.controller.control;

import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What speaks against replicas where somebody asks for them. The rules are Kafka's (KIP-4, KIP-195): every partition has as
 * many replicas as the others, on brokers that are known and differ.
 *
 * <p>A broker that is fenced may be named, for it is fenced during each restart, and who names it wants its replica there
 * afterwards. The partition is led by the living ones meanwhile, or by nobody until one of them is back, and the cluster's
 * health says so.
 */
final class AssignmentCheck {
    private AssignmentCheck() {}

    /**
     * Looks at the assignments of partitions that are added.
     *
     * @param from the number of the first one
     * @param added how many partitions there shall be
     * @param replicationFactor how many replicas each shall have
     */
    static Optional<Refusal> problemOf(
            ClusterImage image, List<List<Integer>> assignments, int from, int added, int replicationFactor) {
        if (assignments.size() != added) {
            return refused(numbered(assignments.size(), "partition") + " assigned to brokers, where " + added
                    + " are asked for.");
        }
        for (int i = 0; i < added; i++) {
            List<Integer> brokers = assignments.get(i);
            Optional<Refusal> problem = problemOf(image, brokers, from + i);
            if (problem.isPresent()) {
                return problem;
            }
            if (brokers.size() != replicationFactor) {
                return refused(assigned(from + i) + (brokers.size() == 1 ? "1 broker" : brokers.size() + " brokers")
                        + ", where the replication factor of the topic is " + replicationFactor + ".");
            }
        }
        return Optional.empty();
    }

    /** Looks at the replicas of one partition, however many there are. */
    static Optional<Refusal> problemOf(ClusterImage image, List<Integer> brokers, int partition) {
        String assigned = assigned(partition);
        if (brokers.isEmpty()) {
            return refused(assigned + "no broker; it needs one at least.");
        }
        Set<Integer> distinct = new HashSet<>(); // asked only
        for (int broker : brokers) {
            if (!image.brokers().containsKey(broker)) {
                return refused(assigned + "broker " + broker + ", and there is no such broker.");
            }
            if (!distinct.add(broker)) {
                return refused(assigned + "broker " + broker + " twice; its replicas need brokers of their own.");
            }
        }
        return Optional.empty();
    }

    private static String assigned(int partition) {
        return "Partition " + partition + " is assigned to ";
    }

    private static String numbered(int number, String thing) {
        return number == 1 ? "1 " + thing + " is" : number + " " + thing + "s are";
    }

    private static Optional<Refusal> refused(String message) {
        return Optional.of(new Refusal.InvalidReplicaAssignment(message));
    }
}
