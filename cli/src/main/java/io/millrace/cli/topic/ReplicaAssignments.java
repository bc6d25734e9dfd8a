package io.millrace.cli.topic;

import io.millrace.cli.session.CommandFailure;
import io.millrace.v1.ReplicaAssignment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads where replicas shall be, as kafka-topics has it: `0:1:2,1:2:0` are two partitions of three replicas each. */
final class ReplicaAssignments {
    private ReplicaAssignments() {}

    /** Nothing when the option is absent. */
    static List<ReplicaAssignment> parse(@Nullable String text) {
        List<ReplicaAssignment> assignments = new ArrayList<>();
        if (text != null) {
            for (String partition : text.split(",", -1)) {
                ReplicaAssignment.Builder assignment = ReplicaAssignment.newBuilder();
                for (String broker : partition.split(":", -1)) {
                    assignment.addBrokerIds(brokerId(broker.strip(), text));
                }
                assignments.add(assignment.build());
            }
        }
        return assignments;
    }

    private static int brokerId(String broker, String text) {
        if (!broker.matches("\\d{1,9}")) {
            throw CommandFailure.usage(
                    "--replica-assignment wants broker ids, ':' between the replicas of a partition and ','"
                            + " between partitions, such as 0:1,1:2; '" + broker + "' in '" + text
                            + "' is no broker id.");
        }
        return Integer.parseInt(broker);
    }
}
