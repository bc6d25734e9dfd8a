package io.millrace.gateway.partitions;

import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.ElectLeadersRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.ReassignPartitionsRequest;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.PictureWait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Moves of replicas and elections of leaders, answered when this gateway's own picture shows them, so that whoever asks here
 * next sees what was done. What is only to be checked is checked against that picture. Safe for any thread.
 */
public final class ReplicaChanges {
    private final ControllerApi controller;
    private final MetadataView view;
    private final PictureWait picture;

    /** Changes replicas through the controller. */
    public ReplicaChanges(ControllerApi controller, MetadataView view, PictureWait picture) {
        this.controller = controller;
        this.view = view;
        this.picture = picture;
    }

    /** Begins to move partitions; see {@link ControllerApi#reassignPartitions}. */
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> reassign(
            ReassignPartitionsRequest request, boolean validateOnly) {
        Outcome<List<Outcome<PartitionChanged>>> preview = ReassignmentPreview.of(view.image(), request);
        if (validateOnly || preview instanceof Outcome.Refused<?>) {
            return CompletableFuture.completedFuture(preview);
        }
        return settled(controller.reassignPartitions(request));
    }

    /** Ends moves that are under way: those of the partitions named, or all when none is. */
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> cancel(List<TopicPartition> partitions) {
        List<TopicPartition> named = partitions.isEmpty() ? underWay(view.image()) : partitions;
        if (named.isEmpty()) {
            return CompletableFuture.completedFuture(Outcome.done(List.of()));
        }
        List<ReassignPartitionsRequest.Part> parts = named.stream()
                .map(partition -> new ReassignPartitionsRequest.Part(partition, Optional.empty()))
                .toList();
        return settled(controller.reassignPartitions(new ReassignPartitionsRequest(parts, Reassignment.UNLIMITED)));
    }

    /** Elects leaders; see {@link ControllerApi#electLeaders}. */
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> elect(
            ElectLeadersRequest request, boolean validateOnly) {
        return validateOnly
                ? CompletableFuture.completedFuture(Outcome.done(ElectionPreview.of(view.image(), request)))
                : settled(controller.electLeaders(request));
    }

    private static List<TopicPartition> underWay(ClusterImage image) {
        List<TopicPartition> found = new ArrayList<>();
        for (TopicImage topic : image.topics().values()) {
            for (PartitionImage partition : topic.partitions()) {
                if (partition.reassignment() != null) {
                    found.add(new TopicPartition(topic.name(), partition.partition()));
                }
            }
        }
        return found;
    }

    private CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> settled(
            CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> change) {
        return change.thenCompose(outcome -> switch (outcome) {
            case Outcome.Done<List<Outcome<PartitionChanged>>>(List<Outcome<PartitionChanged>> parts) ->
                picture.until(image -> parts.stream().allMatch(part -> isShown(image, part)))
                        .thenApply(image -> outcome);
            case Outcome.Refused<List<Outcome<PartitionChanged>>> refused -> CompletableFuture.completedFuture(refused);
        });
    }

    private static boolean isShown(ClusterImage image, Outcome<PartitionChanged> part) {
        return switch (part) {
            case Outcome.Done<PartitionChanged>(PartitionChanged changed) ->
                image.partition(changed.name())
                        .filter(shown ->
                                shown.topicId().equals(changed.partition().topicId()))
                        .map(shown ->
                                shown.partitionEpoch() >= changed.partition().partitionEpoch())
                        .orElse(true);
            case Outcome.Refused<PartitionChanged> ignored -> true;
        };
    }
}
