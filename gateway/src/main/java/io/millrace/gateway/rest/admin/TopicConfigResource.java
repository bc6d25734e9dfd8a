package io.millrace.gateway.rest.admin;

import io.millrace.core.api.AlterTopicConfigsRequest;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.TopicConfig;
import io.millrace.core.metadata.TopicConfigs;
import io.millrace.core.metadata.TopicImage;
import io.millrace.gateway.rest.admin.Links.Metadata;
import io.millrace.gateway.rest.body.JsonBodies;
import io.millrace.gateway.rest.cluster.ClusterPath;
import io.millrace.gateway.rest.paging.ResourceList;
import io.millrace.gateway.rest.problem.Problem;
import io.millrace.gateway.rest.problem.ProblemKind;
import io.millrace.gateway.rest.problem.Refusals;
import io.millrace.gateway.routing.TopicChanges;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v3/clusters/{c}/topics/{t}/configs}: what is set for a topic, and what holds because nothing is. */
@RestController
public final class TopicConfigResource {
    private static final String CONFIGS = "/v3/clusters/{clusterId}/topics/{topicName}/configs";
    private static final String CONFIG = CONFIGS + "/{name}";

    private final ClusterPath path;
    private final TopicChanges changes;
    private final JsonBodies bodies;

    public TopicConfigResource(ClusterPath path, TopicChanges changes, JsonBodies bodies) {
        this.path = path;
        this.changes = changes;
        this.bodies = bodies;
    }

    @GetMapping(CONFIGS)
    ResourceList<Config> list(
            @PathVariable String clusterId, @PathVariable String topicName, HttpServletRequest request) {
        ClusterImage cluster = path.cluster(clusterId);
        TopicImage topic = path.topic(cluster, topicName);
        Links links = new Links(request, cluster.clusterId());
        return ResourceList.page(
                "KafkaTopicConfigList",
                TopicConfigs.definitions(),
                ResourceList.Key.name(TopicConfig::name),
                config -> Config.of(links, topic, config),
                request);
    }

    @GetMapping(CONFIG)
    Config get(
            @PathVariable String clusterId,
            @PathVariable String topicName,
            @PathVariable String name,
            HttpServletRequest request) {
        ClusterImage cluster = path.cluster(clusterId);
        TopicImage topic = path.topic(cluster, topicName);
        return Config.of(new Links(request, cluster.clusterId()), topic, known(name));
    }

    @PutMapping(CONFIG)
    ResponseEntity<Void> set(
            @PathVariable String clusterId,
            @PathVariable String topicName,
            @PathVariable String name,
            HttpServletRequest request)
            throws IOException {
        path.topic(path.cluster(clusterId), topicName);
        String value = bodies.read(request, NewValue.class).value();
        if (value == null) {
            throw JsonBodies.missing("value");
        }
        return alter(new AlterTopicConfigsRequest(topicName, Map.of(known(name).name(), value), List.of(), false));
    }

    @DeleteMapping(CONFIG)
    ResponseEntity<Void> reset(
            @PathVariable String clusterId, @PathVariable String topicName, @PathVariable String name) {
        path.topic(path.cluster(clusterId), topicName);
        return alter(new AlterTopicConfigsRequest(
                topicName, Map.of(), List.of(known(name).name()), false));
    }

    @PostMapping(CONFIGS + ":alter")
    ResponseEntity<Void> alter(
            @PathVariable String clusterId, @PathVariable String topicName, HttpServletRequest request)
            throws IOException {
        path.topic(path.cluster(clusterId), topicName);
        return alter(bodies.read(request, Alteration.class).toRequest(topicName));
    }

    private ResponseEntity<Void> alter(AlterTopicConfigsRequest request) {
        Refusals.orProblem(changes.alterTopicConfigs(request).join());
        return ResponseEntity.noContent().build();
    }

    private static TopicConfig known(String name) {
        return TopicConfigs.definition(name)
                .orElseThrow(() -> Problem.of(ProblemKind.UNKNOWN_CONFIG, "There is no topic config '" + name + "'.")
                        .asException());
    }

    /** The JSON shape of one new value. */
    record NewValue(@Nullable String value) {}

    /** The JSON shape of several changes, all of which are made, or none. */
    record Alteration(@Nullable List<Change> data, @Nullable Boolean validateOnly) {
        /** One of them; without an operation it is a SET. */
        record Change(
                @Nullable String name,
                @Nullable String value,
                @Nullable Operation operation) {}

        /** What happens to a config. */
        enum Operation {
            SET,
            DELETE
        }

        AlterTopicConfigsRequest toRequest(String topic) {
            if (data == null) {
                throw JsonBodies.missing("data");
            }
            Map<String, String> set = new LinkedHashMap<>();
            List<String> reset = new ArrayList<>();
            for (Change change : data) {
                if (change.name() == null) {
                    throw JsonBodies.missing("name");
                }
                if (change.operation() == Operation.DELETE) {
                    reset.add(change.name());
                } else if (change.value() == null) {
                    throw JsonBodies.missing("value");
                } else {
                    set.put(change.name(), change.value());
                }
            }
            return new AlterTopicConfigsRequest(topic, set, reset, Boolean.TRUE.equals(validateOnly));
        }
    }

    /** The JSON shape of a config as it holds for a topic. */
    record Config(
            String kind,
            Metadata metadata,
            String clusterId,
            String topicName,
            String name,
            String value,
            boolean isDefault,
            boolean isReadOnly,
            boolean isSensitive,
            String source,
            List<Synonym> synonyms,
            String doc) {
        static Config of(Links links, TopicImage topic, TopicConfig config) {
            String override = topic.topic().configs().get(config.name());
            Synonym byDefault = new Synonym(config.name(), config.defaultValue(), "DEFAULT_CONFIG");
            Synonym holds = override == null ? byDefault : new Synonym(config.name(), override, "DYNAMIC_TOPIC_CONFIG");
            return new Config(
                    "KafkaTopicConfig",
                    links.metadata(
                            "/topics/" + topic.name() + "/configs/" + config.name(),
                            "topic=" + topic.name(),
                            "config=" + config.name()),
                    links.clusterId(),
                    topic.name(),
                    config.name(),
                    holds.value(),
                    override == null,
                    false,
                    false,
                    holds.source(),
                    override == null ? List.of(byDefault) : List.of(holds, byDefault),
                    config.doc());
        }
    }

    /** A value that holds, or would hold without those before it. */
    record Synonym(String name, String value, String source) {}
}
