package io.millrace.cli.partition;

import io.millrace.cli.output.Answer;
import io.millrace.cli.output.Table;
import io.millrace.v1.Partition;
import io.millrace.v1.PartitionReassignment;
import io.millrace.v1.ReplicaDetail;
import io.millrace.v1.TopicPartitionDetail;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How partitions look in answers. */
final class PartitionAnswer {
    private PartitionAnswer() {}

    static Answer list(List<TopicPartitionDetail> partitions) {
        return Answer.of(partitions.stream().map(PartitionAnswer::data).toList(), () -> table(partitions));
    }

    static String ids(List<Integer> ids) {
        return ids.isEmpty() ? "-" : ids.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static Table table(List<TopicPartitionDetail> partitions) {
        Table table =
                new Table("topic", "partition", "leader", "epoch", "replicas", "isr", "eligible", "moving", "lag");
        for (TopicPartitionDetail detail : partitions) {
            Partition partition = detail.getPartition();
            table.row(
                    detail.getTopic(),
                    partition.getPartition(),
                    partition.getLeader() < 0 ? "none" : partition.getLeader(),
                    partition.getLeaderEpoch(),
                    ids(partition.getReplicasList()),
                    ids(partition.getIsrList()),
                    ids(partition.getEligibleReplicasList()),
                    moving(partition),
                    lag(partition));
        }
        return table;
    }

    private static String moving(Partition partition) {
        if (!partition.hasReassignment()) {
            return "-";
        }
        PartitionReassignment move = partition.getReassignment();
        return "+" + ids(move.getAddingReplicasList()) + " -" + ids(move.getRemovingReplicasList());
    }

    private static String lag(Partition partition) {
        String behind = partition.getReplicaDetailsList().stream()
                .filter(replica -> replica.hasLag() && replica.getBrokerId() != partition.getLeader())
                .map(replica -> replica.getBrokerId() + ":" + replica.getLag())
                .collect(Collectors.joining(","));
        return behind.isEmpty() ? "-" : behind;
    }

    private static Map<String, Object> data(TopicPartitionDetail detail) {
        Partition partition = detail.getPartition();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("topic", detail.getTopic());
        data.put("partition", partition.getPartition());
        data.put("leader", partition.getLeader());
        data.put("leader_epoch", partition.getLeaderEpoch());
        data.put("replicas", List.copyOf(partition.getReplicasList()));
        data.put("isr", List.copyOf(partition.getIsrList()));
        data.put("eligible_replicas", List.copyOf(partition.getEligibleReplicasList()));
        data.put("offline_replicas", List.copyOf(partition.getOfflineReplicasList()));
        data.put("adding_replicas", List.copyOf(partition.getReassignment().getAddingReplicasList()));
        data.put("removing_replicas", List.copyOf(partition.getReassignment().getRemovingReplicasList()));
        data.put(
                "replica_details",
                partition.getReplicaDetailsList().stream()
                        .map(PartitionAnswer::replica)
                        .toList());
        return data;
    }

    private static Map<String, Object> replica(ReplicaDetail replica) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("broker_id", replica.getBrokerId());
        data.put("rack", replica.getRack());
        data.put("alive", replica.getAlive());
        data.put("in_sync", replica.getInSync());
        data.put("eligible", replica.getEligible());
        data.put("log_end_offset", replica.hasLogEndOffset() ? replica.getLogEndOffset() : null);
        data.put("durable_end_offset", replica.hasDurableEndOffset() ? replica.getDurableEndOffset() : null);
        data.put("lag", replica.hasLag() ? replica.getLag() : null);
        return data;
    }
}
