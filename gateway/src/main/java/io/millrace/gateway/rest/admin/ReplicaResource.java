package io.millrace.gateway.rest.admin;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.DescribePartitionsRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionStatus;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaStatus;
import io.millrace.core.environment.Clock;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.partitions.PartitionLookup;
import io.millrace.gateway.rest.admin.Links.Metadata;
import io.millrace.gateway.rest.admin.PartitionResource.Replica;
import io.millrace.gateway.rest.cluster.ClusterPath;
import io.millrace.gateway.rest.paging.ResourceList;
import io.millrace.gateway.rest.problem.Refusals;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Replicas by broker, and {@code .../replica-status}: how far each is, as its leader knows it. */
@RestController
public final class ReplicaResource {
    private static final String PARTITIONS = "/v3/clusters/{clusterId}/topics/{topicName}/partitions";

    private final ClusterPath path;
    private final BrokerApi brokers;
    private final Clock clock;

    public ReplicaResource(ClusterPath path, BrokerApi brokers, Clock clock) {
        this.path = path;
        this.brokers = brokers;
        this.clock = clock;
    }

    @GetMapping("/v3/clusters/{clusterId}/brokers/{brokerId}/partition-replicas")
    ResourceList<Replica> onBroker(
            @PathVariable String clusterId, @PathVariable int brokerId, HttpServletRequest request) {
        ClusterImage cluster = path.cluster(clusterId);
        if (!cluster.brokers().containsKey(brokerId)) {
            throw Refusals.problemOf(new Refusal.UnknownBroker(brokerId)).asException();
        }
        Links links = new Links(request, cluster.clusterId());
        List<Kept> kept = new ArrayList<>();
        for (TopicImage topic : cluster.topics().values()) {
            topic.partitions().stream()
                    .filter(partition -> partition.replicas().contains(brokerId))
                    .forEach(partition -> kept.add(new Kept(topic, partition, brokerId)));
        }
        return ResourceList.page(
                "KafkaReplicaList",
                kept.stream().sorted().toList(),
                ResourceList.Key.name(Kept::key),
                one -> Replica.of(links, one.topic(), one.partition(), brokerId),
                request);
    }

    @GetMapping(PARTITIONS + "/-/replica-status")
    ResourceList<Status> ofTopic(
            @PathVariable String clusterId, @PathVariable String topicName, HttpServletRequest request) {
        ClusterImage cluster = path.cluster(clusterId);
        TopicImage topic = path.topic(cluster, topicName);
        return statuses(cluster, topic, List.copyOf(topic.partitions()), request);
    }

    @GetMapping(PARTITIONS + "/{partitionId}/replica-status")
    ResourceList<Status> ofPartition(
            @PathVariable String clusterId,
            @PathVariable String topicName,
            @PathVariable int partitionId,
            HttpServletRequest request) {
        ClusterImage cluster = path.cluster(clusterId);
        TopicImage topic = path.topic(cluster, topicName);
        PartitionImage partition = Refusals.orProblem(
                PartitionLookup.find(cluster, new TopicPartition(topic.name(), Math.max(0, partitionId))));
        return statuses(cluster, topic, List.of(partition), request);
    }

    private ResourceList<Status> statuses(
            ClusterImage cluster, TopicImage topic, List<PartitionImage> partitions, HttpServletRequest request) {
        Links links = new Links(request, cluster.clusterId());
        List<Outcome<PartitionStatus>> answers = brokers.describe(new DescribePartitionsRequest(partitions.stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                        .toList()))
                .join();
        long now = clock.wallMillis();
        List<Status> statuses = new ArrayList<>();
        for (int i = 0; i < partitions.size(); i++) {
            PartitionImage partition = partitions.get(i);
            PartitionStatus leader =
                    answers.get(i) instanceof Outcome.Done<PartitionStatus>(PartitionStatus status) ? status : null;
            partition.replicas().stream()
                    .sorted()
                    .forEach(broker -> statuses.add(Status.of(links, new Kept(topic, partition, broker), leader, now)));
        }
        return ResourceList.page(
                "KafkaReplicaStatusList",
                statuses,
                ResourceList.Key.name(status -> "%010d/%010d".formatted(status.partitionId(), status.brokerId())),
                status -> status,
                request);
    }

    /** A replica. */
    record Kept(TopicImage topic, PartitionImage partition, int brokerId) implements Comparable<Kept> {
        /** Numbers as wide as they can get, so that they sort as numbers do. */
        String key() {
            return "%s/%010d".formatted(topic.name(), partition.partition());
        }

        @Override
        public int compareTo(Kept other) {
            return key().compareTo(other.key());
        }
    }

    /**
     * The JSON shape of how far a replica is; what its leader does not tell is null.
     *
     * @param isEligibleLeader whether it may lead when nobody in sync can (KIP-966)
     * @param lag offsets that it is behind its leader
     */
    record Status(
            String kind,
            Metadata metadata,
            String clusterId,
            String topicName,
            int partitionId,
            int brokerId,
            boolean isLeader,
            boolean isObserver,
            boolean isIsrEligible,
            boolean isInIsr,
            boolean isCaughtUp,
            boolean isEligibleLeader,
            @Nullable Long logStartOffset,
            @Nullable Long logEndOffset,
            @Nullable Long durableEndOffset,
            @Nullable Long lag,
            @Nullable Long lastCaughtUpTimeMs) {
        static Status of(Links links, Kept kept, @Nullable PartitionStatus leader, long nowMillis) {
            PartitionImage partition = kept.partition();
            int broker = kept.brokerId();
            Optional<ReplicaStatus> heard = leader == null
                    ? Optional.empty()
                    : leader.replicas().stream()
                            .filter(replica -> replica.brokerId() == broker)
                            .findFirst();
            Long end = heard.map(ReplicaStatus::logEndOffset)
                    .filter(known -> known >= 0)
                    .orElse(null);
            Long lag = end == null || leader == null ? null : Math.max(0, leader.logEndOffset() - end);
            String topic = kept.topic().name();
            return new Status(
                    "KafkaReplicaStatus",
                    links.metadata(
                            "/topics/" + topic + "/partitions/" + partition.partition() + "/replica-status",
                            "topic=" + topic,
                            "partition=" + partition.partition(),
                            "replica=" + broker),
                    links.clusterId(),
                    topic,
                    partition.partition(),
                    broker,
                    partition.leader() == broker,
                    false,
                    true,
                    partition.inSyncReplicas().contains(broker),
                    lag != null && lag == 0,
                    partition.eligibleReplicas().contains(broker),
                    leader != null && partition.leader() == broker ? leader.logStartOffset() : null,
                    end,
                    heard.map(ReplicaStatus::durableEndOffset)
                            .filter(known -> known >= 0)
                            .orElse(null),
                    lag,
                    heard.map(ReplicaStatus::caughtUpMillisAgo)
                            .filter(ago -> ago >= 0)
                            .map(ago -> nowMillis - ago)
                            .orElse(null));
        }
    }
}
