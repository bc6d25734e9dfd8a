package io.millrace.cli.topic;

import io.millrace.cli.output.Answer;
import io.millrace.cli.output.Table;
import io.millrace.v1.Partition;
import io.millrace.v1.ReplicaDetail;
import io.millrace.v1.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How topics look in answers. */
final class TopicAnswer {
    private TopicAnswer() {}

    static Answer list(List<Topic> topics) {
        return Answer.of(topics.stream().map(TopicAnswer::summary).toList(), () -> {
            Table table = new Table("name", "partitions", "replication", "configs");
            topics.forEach(topic -> table.row(
                    topic.getName(), topic.getPartitionCount(), topic.getReplicationFactor(), configs(topic)));
            return table;
        });
    }

    static Answer one(Topic topic) {
        Map<String, Object> data = summary(topic);
        data.put("topic_id", topic.getTopicId());
        data.put(
                "partitions",
                topic.getPartitionsList().stream().map(TopicAnswer::partition).toList());
        return new Answer(data, () -> facts(topic) + "\n" + partitions(topic));
    }

    private static Map<String, Object> summary(Topic topic) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", topic.getName());
        data.put("internal", topic.getInternal());
        data.put("partition_count", topic.getPartitionCount());
        data.put("replication_factor", topic.getReplicationFactor());
        data.put("configs", new TreeMap<>(topic.getConfigsMap()));
        return data;
    }

    private static Map<String, Object> partition(Partition partition) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("partition", partition.getPartition());
        data.put("leader", partition.getLeader());
        data.put("leader_epoch", partition.getLeaderEpoch());
        data.put("replicas", List.copyOf(partition.getReplicasList()));
        data.put("isr", List.copyOf(partition.getIsrList()));
        data.put("eligible_replicas", List.copyOf(partition.getEligibleReplicasList()));
        data.put(
                "racks",
                partition.getReplicaDetailsList().stream()
                        .map(ReplicaDetail::getRack)
                        .toList());
        data.put("offline_replicas", List.copyOf(partition.getOfflineReplicasList()));
        data.put("log_start_offset", partition.hasLogStartOffset() ? partition.getLogStartOffset() : null);
        data.put("high_watermark", partition.hasHighWatermark() ? partition.getHighWatermark() : null);
        data.put("size_bytes", partition.hasSizeBytes() ? partition.getSizeBytes() : null);
        return data;
    }

    private static String facts(Topic topic) {
        return new Table()
                .row("name", topic.getName())
                .row("id", topic.getTopicId())
                .row("partitions", topic.getPartitionCount())
                .row("replication", topic.getReplicationFactor())
                .row("configs", configs(topic))
                .toString();
    }

    private static String partitions(Topic topic) {
        Table table = new Table(
                "partition", "leader", "epoch", "replicas", "racks", "isr", "eligible", "start", "end", "bytes");
        for (Partition partition : topic.getPartitionsList()) {
            table.row(
                    partition.getPartition(),
                    partition.getLeader() < 0 ? "none" : partition.getLeader(),
                    partition.getLeaderEpoch(),
                    ids(partition.getReplicasList()),
                    racks(partition),
                    ids(partition.getIsrList()),
                    ids(partition.getEligibleReplicasList()),
                    partition.hasLogStartOffset() ? partition.getLogStartOffset() : "-",
                    partition.hasHighWatermark() ? partition.getHighWatermark() : "-",
                    partition.hasSizeBytes() ? partition.getSizeBytes() : "-");
        }
        return table.toString();
    }

    private static String configs(Topic topic) {
        return topic.getConfigsCount() == 0
                ? "-"
                : new TreeMap<>(topic.getConfigsMap())
                        .entrySet().stream()
                                .map(config -> config.getKey() + "=" + config.getValue())
                                .collect(Collectors.joining(" "));
    }

    private static String ids(List<Integer> ids) {
        return ids.isEmpty() ? "-" : ids.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** Of the replicas, in their order; a dash alone when no broker has said where it stands. */
    private static String racks(Partition partition) {
        List<ReplicaDetail> replicas = partition.getReplicaDetailsList();
        return replicas.stream().allMatch(replica -> replica.getRack().isEmpty())
                ? "-"
                : replicas.stream()
                        .map(replica -> replica.getRack().isEmpty() ? "-" : replica.getRack())
                        .collect(Collectors.joining(","));
    }
}
