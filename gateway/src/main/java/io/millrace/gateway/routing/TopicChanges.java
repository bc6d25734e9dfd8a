package io.millrace.gateway.routing;

import io.millrace.core.api.AddPartitionsRequest;
import io.millrace.core.api.AlterTopicConfigsRequest;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.TopicImage;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Changes of topics, answered when this gateway's own picture shows them and leaders serve what is new, so that whoever created
 * a topic here can produce to it at once. This wait is at the rare end: a produce to a topic that is unknown is refused without any wait,
 * and a flood of those costs nothing. When the picture does not follow in time the answer is given nevertheless, for the
 * change is committed.
 */
public final class TopicChanges {
    private final ControllerApi controller;
    private final PictureWait picture;
    private final LeaderOpening leaders;

    /** Changes topics through the controller. */
    public TopicChanges(ControllerApi controller, PictureWait picture, LeaderOpening leaders) {
        this.controller = controller;
        this.picture = picture;
        this.leaders = leaders;
    }

    /** See {@link ControllerApi#createTopic}. */
    public CompletableFuture<Outcome<TopicImage>> createTopic(CreateTopicRequest request) {
        return led(
                settled(
                        controller.createTopic(request),
                        request.validateOnly(),
                        (image, made) -> image.topic(made.topicId()).isPresent() || isTombstone(image, made)),
                request.validateOnly());
    }

    /** See {@link ControllerApi#deleteTopic}. */
    public CompletableFuture<Outcome<TopicImage>> deleteTopic(String name) {
        return settled(
                controller.deleteTopic(name),
                false,
                (image, gone) -> image.topic(gone.topicId()).isEmpty());
    }

    /** See {@link ControllerApi#addPartitions}. */
    public CompletableFuture<Outcome<TopicImage>> addPartitions(AddPartitionsRequest request) {
        return led(
                settled(
                        controller.addPartitions(request),
                        request.validateOnly(),
                        (image, made) -> image.topic(made.topicId())
                                .map(shown -> shown.partitions().size()
                                        >= made.partitions().size())
                                .orElse(true)),
                request.validateOnly());
    }

    /** See {@link ControllerApi#alterTopicConfigs}. */
    public CompletableFuture<Outcome<TopicImage>> alterTopicConfigs(AlterTopicConfigsRequest request) {
        return settled(
                controller.alterTopicConfigs(request),
                request.validateOnly(),
                (image, made) -> image.topic(made.topicId())
                        .map(shown ->
                                shown.topic().configs().equals(made.topic().configs()))
                        .orElse(true));
    }

    private CompletableFuture<Outcome<TopicImage>> settled(
            CompletableFuture<Outcome<TopicImage>> change,
            boolean validateOnly,
            BiPredicate<ClusterImage, TopicImage> shows) {
        return afterwards(change, validateOnly, topic -> picture.until(image -> shows.test(image, topic)));
    }

    private CompletableFuture<Outcome<TopicImage>> led(
            CompletableFuture<Outcome<TopicImage>> change, boolean validateOnly) {
        return afterwards(change, validateOnly, leaders::await);
    }

    private static CompletableFuture<Outcome<TopicImage>> afterwards(
            CompletableFuture<Outcome<TopicImage>> change,
            boolean validateOnly,
            Function<TopicImage, CompletableFuture<?>> wait) {
        if (validateOnly) {
            return change;
        }
        return change.thenCompose(outcome -> switch (outcome) {
            case Outcome.Done<TopicImage>(TopicImage topic) -> wait.apply(topic).thenApply(_ -> outcome);
            case Outcome.Refused<TopicImage> refused -> CompletableFuture.completedFuture(refused);
        });
    }

    private static boolean isTombstone(ClusterImage image, TopicImage topic) {
        return image.deletedTopics().containsKey(topic.topicId());
    }
}
