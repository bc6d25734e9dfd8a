package io.millrace.simulation.run;

import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.simulation.cluster.Front;
import io.millrace.simulation.cluster.SimClient;
import io.millrace.simulation.cluster.SimCluster;
import io.millrace.simulation.cluster.SimGateway;
import java.time.Duration;
import java.util.List;

/** Creates the topics of a run through a gateway, as an operator does, again and again until they are there. */
final class Preparation {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration RETRY = Duration.ofMillis(500);

    private final SimCluster cluster;
    private final List<TopicPlan> topics;
    private final SimClient operator;

    Preparation(SimCluster cluster, List<TopicPlan> topics) {
        this.cluster = cluster;
        this.topics = topics;
        this.operator = cluster.client("operator");
    }

    void begin() {
        whenAllServe();
    }

    boolean isDone() {
        return topics.stream()
                .allMatch(topic -> cluster.gateways().stream().allMatch(gateway -> shows(gateway, topic)));
    }

    private static boolean shows(SimGateway gateway, TopicPlan topic) {
        Front front = gateway.front();
        return front != null && front.view().image().topic(topic.name()).isPresent();
    }

    private void whenAllServe() {
        Front front = cluster.gateways().getFirst().front();
        ClusterImage image =
                front == null ? ClusterImage.empty("") : front.view().image();
        boolean all = image.brokers().size() == cluster.brokers().size()
                && image.brokers().values().stream().noneMatch(broker -> broker.fenced());
        if (all) {
            topics.forEach(this::create);
        } else {
            operator.loop().schedule(RETRY, this::whenAllServe);
        }
    }

    private void create(TopicPlan topic) {
        CreateTopicRequest request =
                new CreateTopicRequest(topic.name(), topic.partitions(), topic.replicas(), topic.configs(), false);
        var _ = operator.ask(
                        cluster.gateways().getFirst(),
                        "create-topic",
                        128,
                        front -> front.controller().createTopic(request),
                        PATIENCE)
                .whenComplete((outcome, failure) -> {
                    if (failure != null || mayBeTriedAgain(outcome)) {
                        operator.loop().schedule(RETRY, () -> create(topic));
                    }
                });
    }

    private static boolean mayBeTriedAgain(Outcome<TopicImage> outcome) {
        return switch (outcome) {
            case Outcome.Done<TopicImage> done -> false;
            case Outcome.Refused<TopicImage>(Refusal.TopicExists exists) -> false;
            case Outcome.Refused<TopicImage>(Refusal.InvalidReplicationFactor wrong) ->
                throw new IllegalStateException(wrong.message());
            case Outcome.Refused<TopicImage>(Refusal.InvalidConfig wrong) ->
                throw new IllegalStateException(wrong.message());
            case Outcome.Refused<TopicImage> again -> true;
        };
    }
}
