package io.millrace.controller.control;

import static io.millrace.controller.control.ControlWorld.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AddPartitionsRequest;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicLifeTest {
    private static final Duration GRACE = ControlOptions.DEFAULTS.liveness().tombstoneGrace();

    private final ControlWorld world = new ControlWorld();

    @Test
    void aCreationCutOffAnywhereIsNothingOrAll() {
        world.startBroker(0);
        int visible = 0;
        int invisible = 0;
        for (int steps = 1; steps < 20; steps++) {
            String name = "topic-" + steps;
            var answer = create(name, 50);
            world.loop.runUntilIdle();
            for (int i = 0; i < steps; i++) {
                world.logLoop.runNext();
            }
            world.logLoop.dropAll();

            world.killController();

            var topic = world.image().topic(name);
            topic.ifPresent(image -> assertThat(image.partitions()).hasSize(50));
            visible += topic.isPresent() ? 1 : 0;
            invisible += topic.isPresent() ? 0 : 1;
            assertThat(answer).isNotNull();
            assertThat(world.image().assembly().partitions()).hasSize(visible);
        }
        assertThat(visible).isPositive();
        assertThat(invisible).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 11})
    void aDeletionCutOffAnywhereIsFinishedByTheNextLeader(int writes) {
        ControlWorld oneByOne = new ControlWorld(1);
        oneByOne.startBroker(0);
        oneByOne.createTopic("orders", 10, 1);
        CompletableFuture<Outcome<TopicImage>> answer = oneByOne.node().deleteTopic("orders");
        oneByOne.loop.runUntilIdle();
        for (int i = 0; i < writes; i++) {
            oneByOne.logLoop.runNext();
        }
        oneByOne.logLoop.dropAll();

        oneByOne.killController();

        assertThat(answer).isNotNull();
        assertThat(oneByOne.image().topics()).isEmpty();
        assertThat(oneByOne.image().deletedTopics()).hasSize(1);
        assertThat(oneByOne.image().assembly().topics()).isEmpty();
        assertThat(oneByOne.image().assembly().partitions()).isEmpty();
    }

    @Test
    void aWideningCutOffInTheMiddleLeavesTheTopicAsItWas() {
        world.startBroker(0);
        TopicImage before = world.createTopic("orders", 5, 1);
        CompletableFuture<Outcome<TopicImage>> answer =
                world.node().addPartitions(new AddPartitionsRequest("orders", 50, false));
        world.loop.runUntilIdle();
        world.logLoop.runNext();
        world.logLoop.runNext();
        world.logLoop.dropAll();

        world.killController();

        assertThat(answer).isNotNull();
        assertThat(world.image().topic("orders")).contains(before);
        assertThat(world.image().assembly().partitions().get(before.topicId())).hasSize(5);
    }

    @Test
    void versionsGoOnAcrossControllers() {
        world.startBroker(0);
        world.createTopic("orders", 1, 1);
        long before = world.image().version();

        world.killController();

        assertThat(world.image().version())
                .as("a version that no earlier controller has shown")
                .isEqualTo(before + 1);
        assertThat(world.image().controllerEpoch()).isEqualTo(2);
    }

    @Test
    void aTombstoneStaysForTheGracePeriodAndThenGoes() {
        BrokerRegistered broker = world.startBroker(0);
        world.createTopic("orders", 1, 1);
        done(world.await(world.node().deleteTopic("orders")));

        world.clock.advance(GRACE.minusSeconds(1));
        done(world.heartbeat(0, broker));
        int before = world.image().deletedTopics().size();
        world.pass(Duration.ofSeconds(2));

        assertThat(before).isEqualTo(1);
        assertThat(world.image().deletedTopics()).isEmpty();
    }

    @Test
    void aTombstoneWaitsForABrokerThatHasNotSeenIt() {
        world.startBroker(0);
        world.createTopic("orders", 1, 1);
        done(world.await(world.node().deleteTopic("orders")));

        world.clock.advance(GRACE.multipliedBy(2));
        world.pass(Duration.ofSeconds(20));

        assertThat(world.image().deletedTopics()).hasSize(1);
    }

    @Test
    void aTopicWithoutABrokerIsRefused() {
        Outcome<TopicImage> outcome = world.await(create("orders", 1));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.InvalidReplicationFactor.class));
    }

    @Test
    void replicationComesByDefaultAsFarAsThereAreBrokers() {
        for (int id = 0; id < 5; id++) {
            world.startBroker(id);
        }

        TopicImage topic = done(world.await(world.node()
                .createTopic(new CreateTopicRequest(
                        "orders", 10, CreateTopicRequest.DEFAULT, Map.of("segment.ms", "5"), false))));

        assertThat(topic.topic().replicationFactor()).isEqualTo(3);
        assertThat(topic.topic().configs()).isEqualTo(Map.of("segment.ms", "5", "min.insync.replicas", "2"));
        assertThat(topic.partitions()).extracting(PartitionImage::leader).contains(0, 1, 2, 3, 4);
    }

    @Test
    void theClusterTakesSoManyPartitionsAndNoMore() {
        world.startBroker(0);
        for (int i = 0; i < 20; i++) {
            world.createTopic("wide-" + i, 10_000, 1);
        }

        Outcome<TopicImage> outcome = world.await(create("one-more", 1));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal())
                                .isEqualTo(
                                        new Refusal.InvalidPartitionCount(
                                                "The cluster has 200000 partitions and takes 200000 at most; 1 more do not fit.")));
    }

    private CompletableFuture<Outcome<TopicImage>> create(String name, int partitions) {
        return world.node().createTopic(new CreateTopicRequest(name, partitions, 1, Map.of(), false));
    }
}
