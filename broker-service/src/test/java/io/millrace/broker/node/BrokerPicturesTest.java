package io.millrace.broker.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.contract.BrokerApiQuestions;
import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.model.TopicPartition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a broker makes of pictures that come again, come late, or show partitions in other hands. */
class BrokerPicturesTest extends BrokerApiQuestions {
    private static final int OTHER_BROKER = 1;

    private static final Path LOG = SimulatedBroker.DATA.resolve("orders-0").resolve("00000000000000000000.log");

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final StagedController controller = new StagedController();
    private final SimulatedBroker broker = new SimulatedBroker(7, disk, controller, SimulatedBroker.DATA);

    @BeforeEach
    void start() {
        broker.start();
        createTopic("orders", 1, Map.of());
        append(ORDERS_0, "a");
    }

    @Test
    void aPictureThatComesAgainCostsNothingForWhatIsKnown() {
        createTopic("payments", 200, Map.of());

        controller.show(controller.copyOfImage());

        assertThat(broker.stepsUntilIdle()).as("steps, for 201 partitions").isLessThan(5);
        assertThat(done(append(ORDERS_0, "b")).baseOffset()).isEqualTo(1);
    }

    @Test
    void aChangeOfOnePartitionDoesNotTouchTheOthersOfItsTopic() {
        createTopic("payments", 200, Map.of());
        PartitionImage partition = partition(new TopicPartition("payments", 7));

        controller.change(new MetadataChange.Put(inHandsOf(partition, 0, List.of(0))));

        assertThat(broker.stepsUntilIdle()).isLessThan(8);
    }

    @Test
    void aPictureOlderThanTheLastIsLeftOut() {
        ClusterImage old = controller.image();
        createTopic("payments", 1, Map.of());

        controller.show(old);
        settle();

        assertThat(done(append(new TopicPartition("payments", 0), "b")).baseOffset())
                .isZero();
    }

    @Test
    void aPictureOfAnotherClusterIsLeftOut() {
        ClusterImage foreign = ClusterImage.empty("another-cluster");
        while (foreign.version() <= controller.image().version()) {
            foreign = foreign.apply(new ClusterDelta(foreign.version() + 1, 1, List.of()));
        }
        controller.show(foreign);
        settle();

        assertThat(done(append(ORDERS_0, "b")).baseOffset()).isEqualTo(1);
    }

    @Test
    void aLeaderThatAnotherOneFollowsSendsReadersAndWritersThere() {
        CompletableFuture<?> reading = broker().fetch(fetching(1, LONG, fetchPart(ORDERS_0, 1, MUCH)));
        settle();

        controller.change(new MetadataChange.Put(inHandsOf(partition(ORDERS_0), OTHER_BROKER, List.of(0, 1))));
        settle();

        assertThat(reading.resultNow().toString()).contains("NotLeader");
        assertThat(refusal(append(ORDERS_0, "b"))).isEqualTo(new Refusal.NotLeader(ORDERS_0));
        assertThat(refusal(fetchNow(ORDERS_0, 0))).isEqualTo(new Refusal.NotLeader(ORDERS_0));
    }

    @Test
    void aLeadershipThatComesBackGoesOnWithTheLog() {
        controller.change(new MetadataChange.Put(inHandsOf(partition(ORDERS_0), OTHER_BROKER, List.of(0, 1))));
        settle();

        controller.change(new MetadataChange.Put(inHandsOf(partition(ORDERS_0), 0, List.of(0))));
        settle();

        assertThat(done(append(ORDERS_0, "b")).baseOffset()).isEqualTo(1);
        assertThat(valuesIn(done(fetchNow(ORDERS_0, 0)))).containsExactly("a", "b");
    }

    @Test
    void aPartitionThatHasGoneToOtherBrokersIsServedNoMoreAndFreesTheDisk() throws IOException {
        controller.change(new MetadataChange.Put(inHandsOf(partition(ORDERS_0), OTHER_BROKER, List.of(OTHER_BROKER))));
        settle();

        assertThat(refusal(append(ORDERS_0, "b"))).isEqualTo(new Refusal.NotLeader(ORDERS_0));
        assertThat(disk.exists(LOG)).isFalse();
        assertThat(disk.filledFiles()).anyMatch(BrokerPicturesTest::isRecords);
        broker.pass(Duration.ofMinutes(2));
        assertThat(disk.filledFiles()).noneMatch(BrokerPicturesTest::isRecords);
    }

    @Test
    void aPartitionThatComesBackBeginsAnew() {
        controller.change(new MetadataChange.Put(inHandsOf(partition(ORDERS_0), OTHER_BROKER, List.of(OTHER_BROKER))));
        controller.change(new MetadataChange.Put(inHandsOf(partition(ORDERS_0), 0, List.of(0))));
        settle();
        broker.pass(Duration.ofMinutes(2));

        assertThat(done(append(ORDERS_0, "b")).baseOffset()).isZero();
        assertThat(valuesIn(done(fetchNow(ORDERS_0, 0)))).containsExactly("b");
    }

    @Test
    void aPictureWithoutATopicTakesItOutOfServiceAndDeletesNothing() {
        ClusterImage image = controller.image();
        ClusterImage without = new ClusterImage(
                image.clusterId(),
                image.version() + 1,
                image.controllerEpoch(),
                image.brokers(),
                image.topics().minus("orders"),
                image.deletedTopics(),
                image.nextProducerId(),
                image.quotas(),
                ClusterImage.empty("").assembly());
        controller.show(without);
        settle();
        broker.pass(Duration.ofMinutes(2));

        controller.show(new ClusterImage(
                image.clusterId(),
                image.version() + 2,
                image.controllerEpoch(),
                image.brokers(),
                image.topics(),
                image.deletedTopics(),
                image.nextProducerId(),
                image.quotas(),
                image.assembly()));
        settle();

        assertThat(valuesIn(done(fetchNow(ORDERS_0, 0)))).containsExactly("a");
    }

    @Test
    void aBrokerWithoutAnyPictureSaysThatOfNoTopicThatItIsUnknown() {
        SimulatedBroker young = new SimulatedBroker(8, disk, new StagedController(), SimulatedBroker.MORE_DATA);

        var answer = young.node().fetch(fetching(1, LONG, fetchPart(ORDERS_0, 0, MUCH)));

        assertThat(refusal(only(answer.resultNow()))).isInstanceOf(Refusal.LeaderNotAvailable.class);
    }

    private static boolean isRecords(Path file) {
        return file.toString().endsWith(".log");
    }

    private PartitionImage partition(TopicPartition name) {
        return controller.image().partition(name).orElseThrow();
    }

    private static PartitionImage inHandsOf(PartitionImage before, int leader, List<Integer> replicas) {
        return new PartitionImage(
                before.topicId(),
                before.partition(),
                replicas,
                replicas,
                leader,
                before.leaderEpoch() + 1,
                before.partitionEpoch() + 1);
    }

    @Override
    protected BrokerApi broker() {
        return broker.node();
    }

    @Override
    protected void createTopic(String name, int partitions, Map<String, String> configs) {
        SimulatedBroker.createTopic(controller, name, partitions, configs);
        settle();
    }

    @Override
    protected <T> T await(CompletableFuture<T> future) {
        return broker.await(future);
    }

    @Override
    protected void settle() {
        broker.settle();
    }
}
