package io.millrace.gateway.rest.admin;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.DescribePartitionsRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionStatus;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.rest.admin.Links.Metadata;
import io.millrace.gateway.rest.admin.Links.Related;
import io.millrace.gateway.rest.cluster.ClusterPath;
import io.millrace.gateway.rest.paging.ResourceList;
import io.millrace.gateway.rest.problem.Refusals;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v3/clusters/{c}/topics/{t}/partitions}: who serves a topic's partitions, and how far they reach. */
@RestController
public final class PartitionResource {
    private static final String PARTITIONS = "/v3/clusters/{clusterId}/topics/{topicName}/partitions";
    private static final String PARTITION = PARTITIONS + "/{partitionId}";

    private final ClusterPath path;
    private final BrokerApi brokers;

    public PartitionResource(ClusterPath path, BrokerApi brokers) {
        this.path = path;
        this.brokers = brokers;
    }

    @GetMapping(PARTITIONS)
    ResourceList<Partition> list(
            @PathVariable String clusterId, @PathVariable String topicName, HttpServletRequest request) {
        ClusterImage cluster = path.cluster(clusterId);
        TopicImage topic = path.topic(cluster, topicName);
        Links links = new Links(request, cluster.clusterId());
        return ResourceList.page(
                "KafkaPartitionList",
                topic.partitions(),
                ResourceList.Key.number(PartitionImage::partition),
                partition -> Partition.of(links, topic, partition, null),
                request);
    }

    @GetMapping(PARTITION)
    Partition get(
            @PathVariable String clusterId,
            @PathVariable String topicName,
            @PathVariable int partitionId,
            HttpServletRequest request) {
        ClusterImage cluster = path.cluster(clusterId);
        TopicImage topic = path.topic(cluster, topicName);
        PartitionImage partition = partition(topic, partitionId);
        return Partition.of(new Links(request, cluster.clusterId()), topic, partition, edges(topic, partitionId));
    }

    @GetMapping(PARTITION + "/replicas")
    ResourceList<Replica> replicas(
            @PathVariable String clusterId,
            @PathVariable String topicName,
            @PathVariable int partitionId,
            HttpServletRequest request) {
        ClusterImage cluster = path.cluster(clusterId);
        TopicImage topic = path.topic(cluster, topicName);
        PartitionImage partition = partition(topic, partitionId);
        Links links = new Links(request, cluster.clusterId());
        return ResourceList.page(
                "KafkaReplicaList",
                partition.replicas().stream().sorted().toList(),
                ResourceList.Key.<Integer>number(id -> id),
                id -> Replica.of(links, topic, partition, id),
                request);
    }

    @GetMapping(PARTITION + "/replicas/{brokerId}")
    Replica replica(
            @PathVariable String clusterId,
            @PathVariable String topicName,
            @PathVariable int partitionId,
            @PathVariable int brokerId,
            HttpServletRequest request) {
        ClusterImage cluster = path.cluster(clusterId);
        TopicImage topic = path.topic(cluster, topicName);
        PartitionImage partition = partition(topic, partitionId);
        if (!partition.replicas().contains(brokerId)) {
            throw Refusals.problemOf(new Refusal.UnknownBroker(brokerId)).asException();
        }
        return Replica.of(new Links(request, cluster.clusterId()), topic, partition, brokerId);
    }

    private static PartitionImage partition(TopicImage topic, int number) {
        return topic.partition(number)
                .orElseThrow(() -> Refusals.problemOf(new Refusal.UnknownPartition(
                                new TopicPartition(topic.name(), Math.max(0, number)),
                                topic.partitions().size()))
                        .asException());
    }

    /** The edges as the leader knows them, or null when there is none to ask: the rest of the answer stands anyway. */
    private @Nullable PartitionStatus edges(TopicImage topic, int partition) {
        DescribePartitionsRequest question =
                new DescribePartitionsRequest(List.of(new TopicPartition(topic.name(), partition)));
        return brokers.describe(question).join().getFirst()
                        instanceof Outcome.Done<PartitionStatus>(PartitionStatus status)
                ? status
                : null;
    }

    private static String pathOf(TopicImage topic, PartitionImage partition) {
        return "/topics/" + topic.name() + "/partitions/" + partition.partition();
    }

    /**
     * The JSON shape of a partition.
     *
     * @param leader where the leader is described, or null without one
     * @param status how far the log reaches; only when one partition is asked for
     */
    record Partition(
            String kind,
            Metadata metadata,
            String clusterId,
            String topicName,
            int partitionId,
            @Nullable Related leader,
            Related replicas,
            int leaderEpoch,
            @Nullable PartitionStatus status) {
        static Partition of(Links links, TopicImage topic, PartitionImage partition, @Nullable PartitionStatus status) {
            String path = pathOf(topic, partition);
            return new Partition(
                    "KafkaPartition",
                    links.metadata(path, "topic=" + topic.name(), "partition=" + partition.partition()),
                    links.clusterId(),
                    topic.name(),
                    partition.partition(),
                    partition.leader() == PartitionImage.NO_LEADER
                            ? null
                            : links.related(path + "/replicas/" + partition.leader()),
                    links.related(path + "/replicas"),
                    partition.leaderEpoch(),
                    status);
        }
    }

    /**
     * The JSON shape of a replica.
     *
     * @param isEligibleLeader whether it may lead when nobody in sync can (KIP-966)
     */
    record Replica(
            String kind,
            Metadata metadata,
            String clusterId,
            String topicName,
            int partitionId,
            int brokerId,
            boolean isLeader,
            boolean isInSync,
            boolean isEligibleLeader,
            Related broker) {
        static Replica of(Links links, TopicImage topic, PartitionImage partition, int brokerId) {
            return new Replica(
                    "KafkaReplica",
                    links.metadata(
                            pathOf(topic, partition) + "/replicas/" + brokerId,
                            "topic=" + topic.name(),
                            "partition=" + partition.partition(),
                            "replica=" + brokerId),
                    links.clusterId(),
                    topic.name(),
                    partition.partition(),
                    brokerId,
                    partition.leader() == brokerId,
                    partition.inSyncReplicas().contains(brokerId),
                    partition.eligibleReplicas().contains(brokerId),
                    links.related("/brokers/" + brokerId));
        }
    }
}
