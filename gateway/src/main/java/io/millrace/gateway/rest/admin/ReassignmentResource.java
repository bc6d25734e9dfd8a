package io.millrace.gateway.rest.admin;

import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.partitions.PartitionLookup;
import io.millrace.gateway.rest.admin.Links.Metadata;
import io.millrace.gateway.rest.admin.Links.Related;
import io.millrace.gateway.rest.cluster.ClusterPath;
import io.millrace.gateway.rest.paging.ResourceList;
import io.millrace.gateway.rest.problem.Refusals;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code .../reassignment}: partitions that are being moved to other brokers. */
@RestController
public final class ReassignmentResource {
    private static final String TOPICS = "/v3/clusters/{clusterId}/topics";
    private static final String KIND = "KafkaReassignmentList";

    private final ClusterPath path;

    public ReassignmentResource(ClusterPath path) {
        this.path = path;
    }

    @GetMapping(TOPICS + "/-/partitions/-/reassignment")
    ResourceList<Move> all(@PathVariable String clusterId, HttpServletRequest request) {
        ClusterImage cluster = path.cluster(clusterId);
        return list(cluster, cluster.topics().values(), request);
    }

    @GetMapping(TOPICS + "/{topicName}/partitions/-/reassignment")
    ResourceList<Move> ofTopic(
            @PathVariable String clusterId, @PathVariable String topicName, HttpServletRequest request) {
        ClusterImage cluster = path.cluster(clusterId);
        return list(cluster, List.of(path.topic(cluster, topicName)), request);
    }

    @GetMapping(TOPICS + "/{topicName}/partitions/{partitionId}/reassignment")
    Move ofPartition(
            @PathVariable String clusterId,
            @PathVariable String topicName,
            @PathVariable int partitionId,
            HttpServletRequest request) {
        ClusterImage cluster = path.cluster(clusterId);
        TopicImage topic = path.topic(cluster, topicName);
        PartitionImage partition = Refusals.orProblem(
                PartitionLookup.find(cluster, new TopicPartition(topic.name(), Math.max(0, partitionId))));
        if (partition.reassignment() == null) {
            throw Refusals.problemOf(new Refusal.NoReassignmentInProgress(
                            "Partition " + topic.name() + "-" + partitionId + " is not being moved."))
                    .asException();
        }
        return Move.of(new Links(request, cluster.clusterId()), topic, partition);
    }

    private static ResourceList<Move> list(
            ClusterImage cluster, Collection<TopicImage> topics, HttpServletRequest request) {
        Links links = new Links(request, cluster.clusterId());
        List<Moving> moving = topics.stream()
                .flatMap(topic -> topic.partitions().stream()
                        .filter(partition -> partition.reassignment() != null)
                        .map(partition -> new Moving(topic, partition)))
                .sorted()
                .toList();
        return ResourceList.page(
                KIND,
                moving,
                ResourceList.Key.name(Moving::key),
                move -> Move.of(links, move.topic(), move.partition()),
                request);
    }

    private record Moving(TopicImage topic, PartitionImage partition) implements Comparable<Moving> {
        /** Numbers as wide as they can get, so that they sort as numbers do. */
        String key() {
            return "%s/%010d".formatted(topic.name(), partition.partition());
        }

        @Override
        public int compareTo(Moving other) {
            return key().compareTo(other.key());
        }
    }

    /**
     * The JSON shape of a move.
     *
     * @param bytesPerSecond how much each broker that gets the replica takes in at most, or {@link Reassignment#UNLIMITED}
     */
    record Move(
            String kind,
            Metadata metadata,
            String clusterId,
            String topicName,
            int partitionId,
            List<Integer> addingReplicas,
            List<Integer> removingReplicas,
            long bytesPerSecond,
            Related replicas) {
        static Move of(Links links, TopicImage topic, PartitionImage partition) {
            String path = "/topics/" + topic.name() + "/partitions/" + partition.partition();
            Reassignment reassignment = Objects.requireNonNull(partition.reassignment());
            return new Move(
                    "KafkaReassignment",
                    links.metadata(
                            path + "/reassignment",
                            "topic=" + topic.name(),
                            "partition=" + partition.partition(),
                            "reassignment"),
                    links.clusterId(),
                    topic.name(),
                    partition.partition(),
                    reassignment.adding(),
                    reassignment.removing(),
                    reassignment.bytesPerSecond(),
                    links.related(path + "/replicas"));
        }
    }
}
