package io.millrace.controller.control;

import io.millrace.core.api.AddPartitionsRequest;
import io.millrace.core.api.AlterTopicConfigsRequest;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicConfigs;
import io.millrace.core.metadata.TopicDeletion;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.TopicId;
import io.millrace.core.statemachine.Decision;
import io.millrace.core.statemachine.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * What wishes about topics change. Changes nothing itself.
 *
 * <p>A topic is there from its own record on and until its own record goes. So partitions are written before it and
 * removed behind it; what a crash leaves between is invisible, and {@link ClusterRepair} removes it. A tombstone
 * comes before everything that it ends.
 */
final class TopicDecisions {
    private final ControlOptions options;
    private final Holdings holdings;
    private final TopicChecks checks;

    TopicDecisions(ControlOptions options, Holdings holdings) {
        this.options = options;
        this.holdings = holdings;
        this.checks = new TopicChecks(options);
    }

    Decision<MetadataKey, MetadataRecord, TopicImage> create(
            ClusterImage image, CreateTopicRequest request, TopicId newId) {
        int partitionCount = partitionCountOfNew(request);
        int replicationFactor = replicationFactorOfNew(request, image);
        Optional<Refusal> problem = checks.problemOfNew(image, request, partitionCount, replicationFactor);
        if (problem.isPresent()) {
            return Decision.refused(problem.get());
        }
        TopicRecord topic = new TopicRecord(
                newId,
                request.name(),
                partitionCount,
                replicationFactor,
                configsOfNew(request.configs(), replicationFactor));
        List<PartitionImage> partitions = NewPartitions.of(image, holdings, topic, 0, request.assignments());
        return put(topic, partitions, TreePVector.from(partitions), request.validateOnly());
    }

    Decision<MetadataKey, MetadataRecord, TopicImage> delete(ClusterImage image, String name, Turn turn) {
        Optional<TopicImage> topic = image.topic(name);
        if (topic.isEmpty()) {
            return Decision.refused(new Refusal.UnknownTopic(TopicChecks.shown(name)));
        }
        TopicImage gone = topic.get();
        Changes changes = new Changes()
                .put(new TopicDeletion(gone.topicId(), name, gone.partitions().size(), turn.wallMillis()))
                .remove(gone.topic().key());
        gone.partitions().forEach(partition -> changes.remove(partition.key()));
        return Decision.of(changes.list(), gone);
    }

    Decision<MetadataKey, MetadataRecord, TopicImage> addPartitions(ClusterImage image, AddPartitionsRequest request) {
        Optional<TopicImage> found = image.topic(request.topic());
        if (found.isEmpty()) {
            return Decision.refused(new Refusal.UnknownTopic(TopicChecks.shown(request.topic())));
        }
        TopicImage topic = found.get();
        TopicRecord old = topic.topic();
        boolean byAssignments = request.partitionCount() == AddPartitionsRequest.BY_ASSIGNMENTS
                && !request.assignments().isEmpty();
        int partitionCount =
                byAssignments ? old.partitionCount() + request.assignments().size() : request.partitionCount();
        Optional<Refusal> problem = checks.problemOfWidening(image, topic, partitionCount, request.assignments());
        if (problem.isPresent()) {
            return Decision.refused(problem.get());
        }
        TopicRecord wider =
                new TopicRecord(old.topicId(), old.name(), partitionCount, old.replicationFactor(), old.configs());
        List<PartitionImage> added =
                NewPartitions.of(image, holdings, wider, old.partitionCount(), request.assignments());
        return put(wider, added, topic.partitions().plusAll(added), request.validateOnly());
    }

    Decision<MetadataKey, MetadataRecord, TopicImage> alterConfigs(
            ClusterImage image, AlterTopicConfigsRequest request) {
        Optional<TopicImage> found = image.topic(request.topic());
        if (found.isEmpty()) {
            return Decision.refused(new Refusal.UnknownTopic(TopicChecks.shown(request.topic())));
        }
        Optional<Refusal> problem = TopicChecks.problemOfAlteration(request);
        if (problem.isPresent()) {
            return Decision.refused(problem.get());
        }
        TopicImage topic = found.get();
        TopicRecord old = topic.topic();
        Map<String, String> configs = new TreeMap<>(old.configs());
        request.reset().forEach(configs::remove);
        configs.putAll(request.set());
        if (configs.equals(old.configs())) {
            return Decision.unchanged(topic);
        }
        TopicRecord altered =
                new TopicRecord(old.topicId(), old.name(), old.partitionCount(), old.replicationFactor(), configs);
        return withElections(image, topic, altered, request.validateOnly());
    }

    /**
     * Changes a topic's configs and what follows from them for its partitions, in one decision.
     *
     * <p>With a lower min.insync.replicas the high watermark may move on without the eligible replicas where the in-sync set
     * is large enough now, so they stop being eligible: before the config is written, lest a crash between leave them so.
     * A higher one takes nothing from anybody: who is eligible stays it, as the watermark stands still as before, and who is
     * not has to be in sync anyway. With unclean.leader.election.enable, who waits in vain is led at once, but only
     * when the config is written that allows it.
     */
    private static Decision<MetadataKey, MetadataRecord, TopicImage> withElections(
            ClusterImage image, TopicImage topic, TopicRecord altered, boolean validateOnly) {
        ElectionRules rules = ElectionRules.of(altered, BrokerDecisions.mayLead(image));
        List<PartitionImage> before = new ArrayList<>();
        List<PartitionImage> behind = new ArrayList<>();
        PVector<PartitionImage> all = topic.partitions();
        for (PartitionImage partition : topic.partitions()) {
            Optional<PartitionImage> settled = new PartitionDraft(partition, rules).settled();
            if (settled.isPresent()) {
                PartitionImage after = settled.get();
                (after.leader() == partition.leader() ? before : behind).add(after);
                all = all.with(after.partition(), after);
            }
        }
        TopicImage after = new TopicImage(altered, all);
        return validateOnly
                ? Decision.unchanged(after)
                : Decision.of(
                        new Changes().putAll(before).put(altered).putAll(behind).list(), after);
    }

    private int partitionCountOfNew(CreateTopicRequest request) {
        if (request.partitionCount() != CreateTopicRequest.DEFAULT) {
            return request.partitionCount();
        }
        return request.assignments().isEmpty()
                ? options.partitionCountDefault()
                : request.assignments().size();
    }

    private int replicationFactorOfNew(CreateTopicRequest request, ClusterImage image) {
        if (request.replicationFactor() != CreateTopicRequest.DEFAULT) {
            return request.replicationFactor();
        }
        return request.assignments().isEmpty()
                ? Math.min(
                        Math.min(options.replicationFactorDefault(), options.replicationFactorMax()),
                        Math.max(1, image.brokers().size()))
                : request.assignments().getFirst().size();
    }

    private Map<String, String> configsOfNew(Map<String, String> overrides, int replicationFactor) {
        if (replicationFactor == 1 || overrides.containsKey(TopicConfigs.MIN_INSYNC_REPLICAS)) {
            return overrides;
        }
        Map<String, String> configs = new TreeMap<>(overrides);
        int minInsync = Math.min(options.minInsyncReplicasDefault(), replicationFactor);
        configs.put(TopicConfigs.MIN_INSYNC_REPLICAS, Integer.toString(minInsync));
        return configs;
    }

    private static Decision<MetadataKey, MetadataRecord, TopicImage> put(
            TopicRecord topic, List<PartitionImage> changed, PVector<PartitionImage> all, boolean validateOnly) {
        TopicImage image = new TopicImage(topic, all);
        return validateOnly
                ? Decision.unchanged(image)
                : Decision.of(new Changes().putAll(changed).put(topic).list(), image);
    }
}
