package io.millrace.cli.partition;

import io.millrace.cli.output.Answer;
import io.millrace.cli.output.Table;
import io.millrace.cli.partition.MoveRate.Progress;
import io.millrace.v1.AddedReplica;
import io.millrace.v1.ReassignmentProgress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How moves that are under way look in answers. */
final class MoveAnswer {
    private MoveAnswer() {}

    static Answer of(List<ReassignmentProgress> moves, Map<String, Progress> progress) {
        return Answer.of(
                moves.stream().map(move -> data(move, known(move, progress))).toList(), () -> table(moves, progress));
    }

    private static Table table(List<ReassignmentProgress> moves, Map<String, Progress> progress) {
        Table table =
                new Table("partition", "target", "adding", "removing", "bytes", "of", "done", "limit", "rate", "left");
        for (ReassignmentProgress move : moves) {
            Progress far = known(move, progress);
            table.row(
                    Name.of(move.getPartition()),
                    PartitionAnswer.ids(move.getTargetReplicasList()),
                    PartitionAnswer.ids(move.getAddingReplicasList()),
                    PartitionAnswer.ids(move.getRemovingReplicasList()),
                    far.bytesDone(),
                    far.bytesTotal(),
                    far.percent() + "%",
                    ByteRate.text(move.getBytesPerSecond()),
                    far.bytesPerSecond().isPresent()
                            ? ByteRate.text(Math.max(1, far.bytesPerSecond().getAsLong()))
                            : "-",
                    far.secondsLeft().isPresent() ? far.secondsLeft().getAsLong() + " s" : "-");
        }
        return table;
    }

    private static Progress known(ReassignmentProgress move, Map<String, Progress> progress) {
        return Objects.requireNonNullElseGet(progress.get(Name.of(move.getPartition())), () -> Progress.of(move));
    }

    private static Map<String, Object> data(ReassignmentProgress move, Progress far) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("topic", move.getPartition().getTopic());
        data.put("partition", move.getPartition().getPartition());
        data.put("target_replicas", List.copyOf(move.getTargetReplicasList()));
        data.put("adding_replicas", List.copyOf(move.getAddingReplicasList()));
        data.put("removing_replicas", List.copyOf(move.getRemovingReplicasList()));
        data.put("bytes_per_second_max", move.getBytesPerSecond() == 0 ? null : move.getBytesPerSecond());
        data.put("bytes_done", far.bytesDone());
        data.put("bytes_total", far.bytesTotal());
        data.put(
                "bytes_per_second",
                far.bytesPerSecond().isPresent() ? far.bytesPerSecond().getAsLong() : null);
        data.put(
                "seconds_left",
                far.secondsLeft().isPresent() ? far.secondsLeft().getAsLong() : null);
        data.put("added", move.getAddedList().stream().map(MoveAnswer::added).toList());
        return data;
    }

    private static Map<String, Object> added(AddedReplica replica) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("broker_id", replica.getBrokerId());
        data.put("in_sync", replica.getInSync());
        data.put("log_end_offset", replica.hasLogEndOffset() ? replica.getLogEndOffset() : null);
        data.put("records_done", replica.hasRecordsDone() ? replica.getRecordsDone() : null);
        data.put("records_total", replica.hasRecordsTotal() ? replica.getRecordsTotal() : null);
        return data;
    }
}
