package io.millrace.cli.partition;

import io.millrace.cli.output.Answer;
import io.millrace.cli.output.Table;
import io.millrace.cli.session.ExitCode;
import io.millrace.cli.session.Io;
import io.millrace.v1.PartitionChange;
import io.millrace.v1.PartitionReassignment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a request made of partitions, one by one. */
record Changes(List<PartitionChange> changes) {
    private static final String NOT_NEEDED = "ELECTION_NOT_NEEDED";
    private static final List<String> NOT_FOUND = List.of("UNKNOWN_TOPIC_OR_PARTITION", "NO_REASSIGNMENT_IN_PROGRESS");

    /** Tells people of those that were refused, and returns what the command is to end with. */
    ExitCode tellRefusals(Io io) {
        ExitCode code = ExitCode.OK;
        for (PartitionChange change : changes) {
            if (!change.hasError()) {
                continue;
            }
            io.tell(change.getError().getMessage());
            if (!change.getError().getKafkaError().equals(NOT_NEEDED)) {
                code = code == ExitCode.OK || code == codeOf(change) ? codeOf(change) : ExitCode.FAILED;
            }
        }
        return code;
    }

    private static ExitCode codeOf(PartitionChange change) {
        if (NOT_FOUND.contains(change.getError().getKafkaError())) {
            return ExitCode.NOT_FOUND;
        }
        return change.getError().getRetryable() ? ExitCode.UNAVAILABLE : ExitCode.FAILED;
    }

    List<PartitionChange> done() {
        return changes.stream().filter(PartitionChange::hasState).toList();
    }

    Answer answer() {
        return Answer.of(changes.stream().map(Changes::data).toList(), () -> {
            Table table = new Table("partition", "leader", "replicas", "isr", "adding", "removing");
            for (PartitionChange change : done()) {
                PartitionReassignment move = change.getState().getReassignment();
                table.row(
                        Name.of(change.getPartition()),
                        change.getState().getLeader() < 0
                                ? "none"
                                : change.getState().getLeader(),
                        PartitionAnswer.ids(change.getState().getReplicasList()),
                        PartitionAnswer.ids(change.getState().getIsrList()),
                        PartitionAnswer.ids(move.getAddingReplicasList()),
                        PartitionAnswer.ids(move.getRemovingReplicasList()));
            }
            return table;
        });
    }

    private static Map<String, Object> data(PartitionChange change) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("topic", change.getPartition().getTopic());
        data.put("partition", change.getPartition().getPartition());
        if (change.hasError()) {
            data.put("error", change.getError().getKafkaError());
            data.put("message", change.getError().getMessage());
            return data;
        }
        PartitionReassignment move = change.getState().getReassignment();
        data.put("leader", change.getState().getLeader());
        data.put("replicas", List.copyOf(change.getState().getReplicasList()));
        data.put("isr", List.copyOf(change.getState().getIsrList()));
        data.put("adding_replicas", List.copyOf(move.getAddingReplicasList()));
        data.put("removing_replicas", List.copyOf(move.getRemovingReplicasList()));
        return data;
    }
}
