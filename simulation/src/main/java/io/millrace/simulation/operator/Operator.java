package io.millrace.simulation.operator;

import io.millrace.core.api.AlterTopicConfigsRequest;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.ElectLeadersRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.ReassignPartitionsRequest;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.metadata.TopicConfigs;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicPartition;
import io.millrace.simulation.cluster.Front;
import io.millrace.simulation.cluster.SimClient;
import io.millrace.simulation.cluster.SimCluster;
import io.millrace.simulation.cluster.SimGateway;
import io.millrace.simulation.run.Proof;
import io.millrace.simulation.schedule.Chance;
import io.millrace.simulation.schedule.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Moves replicas, cancels moves, gives leads back, creates topics and deletes them, changes configs; one wish at a time, by what
 * a gateway shows. What becomes of a wish whose answer is lost the cluster has to make good by itself.
 */
public final class Operator implements Proof {
    /** Topics of the operator's own, which come and go; the others are in use. */
    private static final String PASSING = "passing-";

    private static final int PASSING_MAX = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long BYTES_PER_SECOND_MIN = 20_000;
    private static final long BYTES_PER_SECOND_MAX = 200_000;

    private final Duration pauseMin;
    private final Duration pauseMax;
    private @Nullable SimCluster cluster;
    private @Nullable SimClient client;
    private @Nullable Chance chance;
    private int topics;
    private boolean over;
    private boolean busy;

    /** An operator who leaves so much time between an answer and the next wish. */
    public Operator(Duration pauseMin, Duration pauseMax) {
        this.pauseMin = pauseMin;
        this.pauseMax = pauseMax;
    }

    @Override
    public void begin(SimCluster of) {
        cluster = of;
        client = of.client("changing operator");
        chance = client.chance("wishes");
    }

    @Override
    public void ready() {
        later();
    }

    @Override
    public void healed() {
        over = true;
    }

    @Override
    public boolean converged() {
        return !busy;
    }

    @Override
    public String missing() {
        return "an answer to an operator's wish";
    }

    private void later() {
        client().loop().schedule(chance().between(pauseMin, pauseMax), this::next);
    }

    private void next() {
        if (over) {
            return;
        }
        SimGateway gateway = chance().pick(cluster().gateways());
        Front front = gateway.front();
        ClusterImage seen =
                front == null ? ClusterImage.empty("") : front.view().image();
        CompletableFuture<?> wish =
                seen.topics().isEmpty() ? CompletableFuture.completedFuture(null) : wish(gateway, seen);
        busy = true;
        var _ = wish.whenComplete((_, _) -> {
            busy = false;
            later();
        });
    }

    private CompletableFuture<?> wish(SimGateway gateway, ClusterImage seen) {
        return switch (chance().nextInt(10)) {
            case 0, 1, 2, 3 -> move(gateway, seen);
            case 4 -> cancelMove(gateway, seen);
            case 5 -> electPreferred(gateway);
            case 6, 7 -> createTopic(gateway, seen);
            case 8 -> deleteTopic(gateway, seen);
            default -> changeConfig(gateway, seen);
        };
    }

    private CompletableFuture<?> move(SimGateway gateway, ClusterImage seen) {
        TopicImage topic = topicIn(seen);
        PartitionImage partition = chance().pick(topic.partitions());
        int copies = partition.replicas().size()
                - (partition.reassignment() == null
                        ? 0
                        : partition.reassignment().removing().size());
        List<Integer> target = someOf(List.copyOf(seen.brokers().keySet()), copies);
        long limit = chance().oneIn(2)
                ? Reassignment.UNLIMITED
                : chance().between(BYTES_PER_SECOND_MIN, BYTES_PER_SECOND_MAX);
        return reassign(gateway, topic, partition, Optional.of(target), limit, Effect.REPLICAS_MOVED);
    }

    /** So many of them, or all, in any order. */
    private List<Integer> someOf(List<Integer> brokers, int count) {
        List<Integer> some = new ArrayList<>();
        while (some.size() < Math.min(count, brokers.size())) {
            some.add(chance().pick(brokers.stream()
                    .filter(broker -> !some.contains(broker))
                    .toList()));
        }
        return some;
    }

    private CompletableFuture<?> cancelMove(SimGateway gateway, ClusterImage seen) {
        TopicImage topic = topicIn(seen);
        List<PartitionImage> moving = topic.partitions().stream()
                .filter(partition -> partition.reassignment() != null)
                .toList();
        return moving.isEmpty()
                ? move(gateway, seen)
                : reassign(
                        gateway,
                        topic,
                        chance().pick(moving),
                        Optional.empty(),
                        Reassignment.UNLIMITED,
                        Effect.MOVE_CANCELLED);
    }

    private CompletableFuture<?> reassign(
            SimGateway gateway,
            TopicImage topic,
            PartitionImage partition,
            Optional<List<Integer>> target,
            long bytesPerSecond,
            Effect granted) {
        ReassignPartitionsRequest request = new ReassignPartitionsRequest(
                List.of(new ReassignPartitionsRequest.Part(
                        new TopicPartition(topic.name(), partition.partition()), target)),
                bytesPerSecond);
        return askForEach(gateway, "reassign", front -> front.controller().reassignPartitions(request), granted);
    }

    private CompletableFuture<?> electPreferred(SimGateway gateway) {
        ElectLeadersRequest request = new ElectLeadersRequest(ElectLeadersRequest.Kind.PREFERRED, List.of());
        return askForEach(
                gateway, "elect", front -> front.controller().electLeaders(request), Effect.LEADERS_GIVEN_BACK);
    }

    private CompletableFuture<?> createTopic(SimGateway gateway, ClusterImage seen) {
        if (passingIn(seen).size() >= PASSING_MAX) {
            return deleteTopic(gateway, seen);
        }
        CreateTopicRequest request = new CreateTopicRequest(
                PASSING + ++topics,
                1 + chance().nextInt(4),
                2 + chance().nextInt(2), // a single copy is lost by right when it is placed on a disk that is
                // replaced just then
                Map.of(),
                false);
        return ask(gateway, "create-topic", front -> front.controller().createTopic(request), Effect.TOPIC_CREATED);
    }

    private CompletableFuture<?> deleteTopic(SimGateway gateway, ClusterImage seen) {
        List<TopicImage> passing = passingIn(seen);
        if (passing.isEmpty()) {
            return createTopic(gateway, seen);
        }
        String name = chance().pick(passing).name();
        return ask(gateway, "delete-topic", front -> front.controller().deleteTopic(name), Effect.TOPIC_DELETED);
    }

    private CompletableFuture<?> changeConfig(SimGateway gateway, ClusterImage seen) {
        AlterTopicConfigsRequest request = new AlterTopicConfigsRequest(
                topicIn(seen).name(),
                Map.of(TopicConfigs.SEGMENT_MS, Integer.toString(5_000 + chance().nextInt(60_000))),
                List.of(),
                false);
        return ask(
                gateway,
                "alter-topic-configs",
                front -> front.controller().alterTopicConfigs(request),
                Effect.CONFIG_CHANGED);
    }

    private CompletableFuture<?> askForEach(
            SimGateway gateway,
            String label,
            Function<Front, CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>>> question,
            Effect granted) {
        return client().ask(gateway, label, 128, question, PATIENCE).thenAccept(outcome -> {
            if (outcome instanceof Outcome.Done<List<Outcome<PartitionChanged>>>(List<Outcome<PartitionChanged>> each)
                    && each.stream().anyMatch(one -> one instanceof Outcome.Done<PartitionChanged>)) {
                count(granted);
            }
        });
    }

    private <T> CompletableFuture<?> ask(
            SimGateway gateway, String label, Function<Front, CompletableFuture<Outcome<T>>> question, Effect granted) {
        return client().ask(gateway, label, 128, question, PATIENCE).thenAccept(outcome -> {
            if (outcome instanceof Outcome.Done<T>) {
                count(granted);
            }
        });
    }

    private void count(Effect granted) {
        cluster().scheduler().effects().add(granted);
    }

    private TopicImage topicIn(ClusterImage seen) {
        return chance().pick(List.copyOf(seen.topics().values()));
    }

    private static List<TopicImage> passingIn(ClusterImage seen) {
        return seen.topics().values().stream()
                .filter(topic -> topic.name().startsWith(PASSING))
                .toList();
    }

    private SimCluster cluster() {
        return Objects.requireNonNull(cluster);
    }

    private SimClient client() {
        return Objects.requireNonNull(client);
    }

    private Chance chance() {
        return Objects.requireNonNull(chance);
    }
}
