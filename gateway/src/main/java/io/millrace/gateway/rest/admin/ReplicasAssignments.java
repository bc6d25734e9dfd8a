package io.millrace.gateway.rest.admin;

import io.millrace.core.api.Refusal;
import io.millrace.gateway.rest.problem.Problem;
import io.millrace.gateway.rest.problem.ProblemKind;
import io.millrace.gateway.rest.problem.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The member {@code replicas_assignments}, in both forms that clients send: the one that is published for the REST Proxy, a
 * list of {@code {"partition_id": 0, "broker_ids": [1, 2]}}, and the one that its server reads, {@code {"0": [1, 2]}}.
 */
final class ReplicasAssignments {
    private static final String NAME = "replicas_assignments";

    private ReplicasAssignments() {}

    /**
     * Returns the broker ids of each partition; nothing when the member is absent or empty.
     *
     * @param from the number of the first partition, which the others follow without a gap
     */
    static List<List<Integer>> read(@Nullable JsonNode member, int from) {
        Map<Integer, List<Integer>> places = new TreeMap<>();
        if (member != null && member.isArray()) {
            member.forEach(entry -> add(places, entry.path("partition_id"), entry.path("broker_ids")));
        } else if (member != null && member.isObject()) {
            member.forEachEntry((number, brokers) -> add(places, number, brokers));
        } else if (member != null && !member.isNull()) {
            throw unreadable();
        }
        int next = from;
        for (int partition : places.keySet()) {
            if (partition != next) {
                throw refused("The partitions of '" + NAME + "' have to be numbered from " + from
                        + " on without a gap; partition " + next + " is missing, and partition " + partition
                        + " is there.");
            }
            next++;
        }
        return new ArrayList<>(places.values());
    }

    private static void add(Map<Integer, List<Integer>> places, JsonNode number, JsonNode brokers) {
        if (!number.isInt()) {
            throw unreadable();
        }
        add(places, number.asInt(), brokers);
    }

    private static void add(Map<Integer, List<Integer>> places, String number, JsonNode brokers) {
        try {
            add(places, Integer.parseInt(number), brokers);
        } catch (NumberFormatException notOne) {
            throw unreadable();
        }
    }

    private static void add(Map<Integer, List<Integer>> places, int partition, JsonNode brokers) {
        if (!brokers.isArray()) {
            throw unreadable();
        }
        List<Integer> ids = new ArrayList<>();
        for (JsonNode broker : brokers) {
            if (!broker.isInt()) {
                throw unreadable();
            }
            ids.add(broker.asInt());
        }
        if (places.put(partition, ids) != null) {
            throw refused("Partition " + partition + " is assigned twice.");
        }
    }

    private static RuntimeException unreadable() {
        return Problem.of(
                        ProblemKind.UNPARSABLE,
                        "'" + NAME
                                + "' has to be a list of objects with 'partition_id', a number, and 'broker_ids', a list of"
                                + " numbers.")
                .asException();
    }

    private static RuntimeException refused(String message) {
        return Refusals.problemOf(new Refusal.InvalidReplicaAssignment(message)).asException();
    }
}
