package io.millrace.gateway.rest.admin;

import io.millrace.core.api.AddPartitionsRequest;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.gateway.rest.admin.Links.Metadata;
import io.millrace.gateway.rest.admin.Links.Related;
import io.millrace.gateway.rest.body.JsonBodies;
import io.millrace.gateway.rest.cluster.ClusterPath;
import io.millrace.gateway.rest.paging.ResourceList;
import io.millrace.gateway.rest.problem.Refusals;
import io.millrace.gateway.routing.TopicChanges;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v3/clusters/{c}/topics}: topics to list, create, widen and delete. */
@RestController
public final class TopicResource {
    private static final String TOPICS = "/v3/clusters/{clusterId}/topics";
    private static final String TOPIC = TOPICS + "/{topicName}";

    private final ClusterPath path;
    private final TopicChanges changes;
    private final JsonBodies bodies;

    public TopicResource(ClusterPath path, TopicChanges changes, JsonBodies bodies) {
        this.path = path;
        this.changes = changes;
        this.bodies = bodies;
    }

    @GetMapping(TOPICS)
    ResourceList<Topic> list(@PathVariable String clusterId, HttpServletRequest request) {
        ClusterImage cluster = path.cluster(clusterId);
        Links links = new Links(request, cluster.clusterId());
        return ResourceList.page(
                "KafkaTopicList",
                cluster.topics().values(),
                ResourceList.Key.name(TopicImage::name),
                topic -> Topic.of(links, topic),
                request);
    }

    @GetMapping(TOPIC)
    Topic get(@PathVariable String clusterId, @PathVariable String topicName, HttpServletRequest request) {
        ClusterImage cluster = path.cluster(clusterId);
        return Topic.of(new Links(request, cluster.clusterId()), path.topic(cluster, topicName));
    }

    @PostMapping(TOPICS)
    ResponseEntity<Topic> create(@PathVariable String clusterId, HttpServletRequest request) throws IOException {
        ClusterImage cluster = path.cluster(clusterId);
        NewTopic wanted = bodies.read(request, NewTopic.class);
        TopicImage made =
                Refusals.orProblem(changes.createTopic(wanted.toRequest()).join());
        Topic shape = Topic.of(new Links(request, cluster.clusterId()), made);
        return Boolean.TRUE.equals(wanted.validateOnly())
                ? ResponseEntity.ok(shape)
                : ResponseEntity.created(URI.create(shape.metadata().self())).body(shape);
    }

    @PatchMapping(TOPIC)
    Topic widen(@PathVariable String clusterId, @PathVariable String topicName, HttpServletRequest request)
            throws IOException {
        ClusterImage cluster = path.cluster(clusterId);
        TopicImage topic = path.topic(cluster, topicName);
        AddPartitionsRequest wanted = bodies.read(request, Widening.class).of(topic);
        TopicImage widened = Refusals.orProblem(changes.addPartitions(wanted).join());
        return Topic.of(new Links(request, cluster.clusterId()), widened);
    }

    @DeleteMapping(TOPIC)
    ResponseEntity<Void> delete(@PathVariable String clusterId, @PathVariable String topicName) {
        path.topic(path.cluster(clusterId), topicName);
        Refusals.orProblem(changes.deleteTopic(topicName).join());
        return ResponseEntity.noContent().build();
    }

    /** The JSON shape of a topic to create; what is left out takes the cluster's default. */
    record NewTopic(
            @Nullable String topicName,
            @Nullable Integer partitionsCount,
            @Nullable Integer replicationFactor,
            @Nullable JsonNode replicasAssignments,
            @Nullable List<NewConfig> configs,
            @Nullable Boolean validateOnly) {
        CreateTopicRequest toRequest() {
            if (topicName == null) {
                throw JsonBodies.missing("topic_name");
            }
            Map<String, String> overrides = new LinkedHashMap<>();
            for (NewConfig config : configs == null ? List.<NewConfig>of() : configs) {
                if (config.name() == null || config.value() == null) {
                    throw JsonBodies.missing("configs/name' and 'configs/value");
                }
                overrides.put(config.name(), config.value());
            }
            return new CreateTopicRequest(
                    topicName,
                    partitionsCount == null ? CreateTopicRequest.DEFAULT : partitionsCount,
                    replicationFactor == null ? CreateTopicRequest.DEFAULT : replicationFactor,
                    overrides,
                    Boolean.TRUE.equals(validateOnly),
                    ReplicasAssignments.read(replicasAssignments, 0));
        }
    }

    /** A config of a topic to create. */
    record NewConfig(@Nullable String name, @Nullable String value) {}

    /** The JSON shape of partitions to add: the new total, or where the new ones shall be, or both. */
    record Widening(
            @Nullable Integer partitionsCount,
            @Nullable JsonNode replicasAssignments,
            @Nullable Boolean validateOnly) {
        AddPartitionsRequest of(TopicImage topic) {
            List<List<Integer>> assignments = ReplicasAssignments.read(
                    replicasAssignments, topic.partitions().size());
            if (partitionsCount == null && assignments.isEmpty()) {
                throw JsonBodies.missing("partitions_count");
            }
            return new AddPartitionsRequest(
                    topic.name(),
                    partitionsCount == null ? AddPartitionsRequest.BY_ASSIGNMENTS : partitionsCount,
                    Boolean.TRUE.equals(validateOnly),
                    assignments);
        }
    }

    /** The JSON shape of a topic. */
    record Topic(
            String kind,
            Metadata metadata,
            String clusterId,
            String topicName,
            String topicId,
            boolean isInternal,
            int replicationFactor,
            int partitionsCount,
            Related partitions,
            Related configs,
            Related records) {
        static Topic of(Links links, TopicImage topic) {
            String path = "/topics/" + topic.name();
            return new Topic(
                    "KafkaTopic",
                    links.metadata(path, "topic=" + topic.name()),
                    links.clusterId(),
                    topic.name(),
                    topic.topicId().toString(),
                    false,
                    topic.topic().replicationFactor(),
                    topic.partitions().size(),
                    links.related(path + "/partitions"),
                    links.related(path + "/configs"),
                    links.related(path + "/records"));
        }
    }
}
