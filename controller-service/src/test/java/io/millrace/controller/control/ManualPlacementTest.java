package io.millrace.controller.control;

import static io.millrace.controller.control.ControlWorld.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AddPartitionsRequest;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManualPlacementTest {
    private final ControlWorld world = new ControlWorld();

    @BeforeEach
    void startThreeBrokers() {
        world.startBroker(0);
        world.startBroker(1);
        world.startBroker(2);
    }

    @Test
    void theFirstBrokerNamedLeads() {
        TopicImage topic = done(create(List.of(List.of(2, 0), List.of(1, 2), List.of(0, 1))));

        assertThat(topic.topic().replicationFactor()).isEqualTo(2);
        assertThat(topic.topic().configs()).isEqualTo(Map.of("min.insync.replicas", "2"));
        assertThat(topic.partitions())
                .extracting(PartitionImage::replicas)
                .containsExactly(List.of(2, 0), List.of(1, 2), List.of(0, 1));
        assertThat(topic.partitions()).extracting(PartitionImage::leader).containsExactly(2, 1, 0);
    }

    @Test
    void aFencedBrokerMayBeNamedAndOneThatLivesLeads() {
        done(world.register(3));

        TopicImage topic = done(create(List.of(List.of(3, 0), List.of(3, 1))));

        assertThat(topic.partitions()).extracting(PartitionImage::leader).containsExactly(0, 1);
        assertThat(topic.partitions())
                .extracting(PartitionImage::inSyncReplicas)
                .containsExactly(List.of(0), List.of(1));
    }

    @Test
    void aPartitionOfFencedBrokersOnlyIsLedAsSoonAsOneIsBack() {
        var broker = done(world.register(3));
        TopicImage topic = done(create(List.of(List.of(3))));

        done(world.heartbeat(3, broker));

        assertThat(topic.partitions().getFirst().leader()).isEqualTo(PartitionImage.NO_LEADER);
        assertThat(world.partition("orders", 0).leader()).isEqualTo(3);
    }

    @Test
    void aRefusalNamesThePartitionAndTheBroker() {
        assertThat(refusal(create(List.of(List.of(0, 1), List.of(1, 7)))))
                .isEqualTo("Partition 1 is assigned to broker 7, and there is no such broker.");
        assertThat(refusal(create(List.of(List.of(0, 1), List.of(1, 1)))))
                .isEqualTo("Partition 1 is assigned to broker 1 twice; its replicas need brokers of their own.");
        assertThat(refusal(create(List.of(List.of(0, 1), List.of()))))
                .isEqualTo("Partition 1 is assigned to no broker; it needs one at least.");
        assertThat(refusal(create(List.of(List.of(0, 1), List.of(0, 1, 2)))))
                .isEqualTo("Partition 1 is assigned to 3 brokers, where the replication factor of the topic is 2.");
        assertThat(refusal(create(3, List.of(List.of(0, 1)))))
                .isEqualTo("1 partition is assigned to brokers, where 3 are asked for.");
    }

    @Test
    void addedPartitionsHaveAsManyReplicasAsTheOthers() {
        done(create(List.of(List.of(0, 1))));

        TopicImage wider = done(add(List.of(List.of(2, 1), List.of(1, 0))));

        assertThat(wider.partitions()).extracting(PartitionImage::leader).containsExactly(0, 2, 1);
        assertThat(refusal(add(List.of(List.of(2, 1), List.of(2)))))
                .isEqualTo("Partition 4 is assigned to 1 broker, where the replication factor of the topic is 2.");
        assertThat(world.image().topic("orders")).contains(wider);
    }

    private Outcome<TopicImage> create(List<List<Integer>> assignments) {
        return create(CreateTopicRequest.DEFAULT, assignments);
    }

    private Outcome<TopicImage> create(int partitionCount, List<List<Integer>> assignments) {
        return world.await(world.node()
                .createTopic(new CreateTopicRequest(
                        "orders", partitionCount, CreateTopicRequest.DEFAULT, Map.of(), false, assignments)));
    }

    private Outcome<TopicImage> add(List<List<Integer>> assignments) {
        return world.await(world.node()
                .addPartitions(
                        new AddPartitionsRequest("orders", AddPartitionsRequest.BY_ASSIGNMENTS, false, assignments)));
    }

    private static String refusal(Outcome<TopicImage> outcome) {
        if (outcome instanceof Outcome.Refused<TopicImage>(Refusal.InvalidReplicaAssignment refusal)) {
            return refusal.message();
        }
        throw new AssertionError(outcome);
    }
}
