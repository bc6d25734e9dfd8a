package io.millrace.gateway.grpc;

import io.millrace.core.api.AddPartitionsRequest;
import io.millrace.core.api.AlterTopicConfigsRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.TopicImage;
import io.millrace.gateway.routing.TopicChanges;
import io.millrace.v1.UpdateTopicRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The changes that an UpdateTopic asks for: of the number of partitions, of configs, or of both. */
record TopicUpdate(Optional<AddPartitionsRequest> partitions, Optional<AlterTopicConfigsRequest> configs) {
    private static final String PARTITION_COUNT = "partition_count";
    private static final String CONFIGS = "configs";
    private static final String CONFIG_PREFIX = "configs.";

    static Outcome<TopicUpdate> of(UpdateTopicRequest request, TopicImage present) {
        Map<String, String> wanted = request.getTopic().getConfigsMap();
        Optional<AddPartitionsRequest> partitions = Optional.empty();
        Map<String, String> set = new TreeMap<>();
        List<String> reset = new ArrayList<>();
        boolean altersConfigs = false;
        for (String path : request.getUpdateMask().getPathsList()) {
            if (path.equals(PARTITION_COUNT)) {
                partitions = Optional.of(more(request, present));
            } else if (path.equals(CONFIGS)) {
                altersConfigs = true;
                set.putAll(wanted);
                present.topic().configs().keySet().stream()
                        .filter(name -> !wanted.containsKey(name))
                        .forEach(reset::add);
            } else if (path.startsWith(CONFIG_PREFIX)) {
                altersConfigs = true;
                String name = path.substring(CONFIG_PREFIX.length());
                Optional.ofNullable(wanted.get(name))
                        .ifPresentOrElse(value -> set.put(name, value), () -> reset.add(name));
            } else {
                return invalid("update_mask has the path '" + path + "'; it may have " + PARTITION_COUNT + ", "
                        + CONFIGS + ", and " + CONFIG_PREFIX + " with the name of a config.");
            }
        }
        if (partitions.isEmpty() && request.getReplicaAssignmentsCount() > 0) {
            return invalid("replica_assignments are of partitions to add, so update_mask needs the path "
                    + PARTITION_COUNT + ".");
        }
        if (partitions.isEmpty() && !altersConfigs) {
            return invalid("update_mask is empty, so there is nothing to change.");
        }
        Optional<AlterTopicConfigsRequest> configs = altersConfigs
                ? Optional.of(new AlterTopicConfigsRequest(present.name(), set, reset, request.getValidateOnly()))
                : Optional.empty();
        return Outcome.done(new TopicUpdate(partitions, configs));
    }

    /** Makes the changes; with two of them, both are checked before the first is made. */
    CompletableFuture<Outcome<TopicImage>> apply(TopicChanges topics) {
        if (partitions.isPresent() && configs.isPresent()) {
            AddPartitionsRequest more = partitions.get();
            AlterTopicConfigsRequest altered = configs.get();
            return topics.addPartitions(
                            new AddPartitionsRequest(more.topic(), more.partitionCount(), true, more.assignments()))
                    .thenCompose(checked -> Outcomes.thenAsk(checked, topic -> topics.alterTopicConfigs(altered)))
                    .thenCompose(done -> Outcomes.thenAsk(done, topic -> topics.addPartitions(more)));
        }
        return partitions.map(topics::addPartitions).orElseGet(() -> topics.alterTopicConfigs(configs.orElseThrow()));
    }

    private static AddPartitionsRequest more(UpdateTopicRequest request, TopicImage present) {
        int count = request.getTopic().getPartitionCount();
        boolean byAssignments = count == 0 && request.getReplicaAssignmentsCount() > 0;
        return new AddPartitionsRequest(
                present.name(),
                byAssignments ? AddPartitionsRequest.BY_ASSIGNMENTS : count,
                request.getValidateOnly(),
                TopicCreation.assignments(request.getReplicaAssignmentsList()));
    }

    private static Outcome<TopicUpdate> invalid(String message) {
        return Outcome.refused(new Refusal.InvalidRequest(message));
    }
}
