package io.millrace.broker.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.environment.simulated.PowerLoss;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An idempotent producer repeats itself while leaders change and brokers are restarted. */
class ProducersAcrossLeadersTest {
    private static final TopicId ID = new TopicId(new UUID(0, 7));
    private static final long PRODUCER = 77;

    private StagedCluster controller = new StagedCluster();

    @BeforeEach
    void newCluster() {
        controller = new StagedCluster();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aNewLeaderAnswersARepetitionLikeTheOldOne(long seed) {
        TwoBrokers brokers = started(seed);
        Outcome<Appended> first = append(brokers, 0, Acks.ALL, 0, "a", "b");

        lead(1, 1, List.of(1, 0));
        brokers.settle();

        assertThat(append(brokers, 1, Acks.ALL, 0, "a", "b")).isEqualTo(first);
        assertThat(offsetOf(append(brokers, 1, Acks.ALL, 2, "c"))).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aRestartedLeaderAnswersARepetitionLikeBefore(long seed) {
        TwoBrokers brokers = started(seed);
        Outcome<Appended> first = append(brokers, 0, Acks.ALL, 0, "a");
        lead(1, 1, List.of(1));
        brokers.settle();
        brokers.cut();
        brokers.disk(1).restart(PowerLoss.LOSES_ALL);
        brokers.replace(1);
        brokers.connect();
        brokers.await(brokers.node(1).start(SimulatedBroker.ENDPOINTS));
        lead(1, 2, List.of(1));
        brokers.settle();

        assertThat(append(brokers, 1, Acks.LEADER, 0, "a")).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatWasCutFromALogMayComeAgain(long seed) {
        TwoBrokers brokers = started(seed);
        append(brokers, 0, Acks.ALL, 0, "a");
        brokers.cut();
        append(brokers, 0, Acks.LEADER, 1, "lost");
        lead(1, 1, List.of(1));
        brokers.settle();
        brokers.connect();
        brokers.pass(Duration.ofSeconds(3));
        lead(0, 2, List.of(1, 0));
        brokers.settle();

        Outcome<Appended> again = append(brokers, 0, Acks.ALL, 1, "lost");

        assertThat(offsetOf(again)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aRepetitionWaitsForTheFollowerAndSurvivesTheHandOver(long seed) {
        TwoBrokers brokers = started(seed);
        brokers.cut();
        var first = send(brokers, 0, 0, "a");
        brokers.pass(Duration.ofSeconds(1));
        var again = send(brokers, 0, 0, "a");
        brokers.pass(Duration.ofSeconds(1));
        assertThat(first).isNotDone();
        assertThat(again).isNotDone();

        brokers.connect();
        brokers.pass(Duration.ofMillis(20));
        lead(1, 1, List.of(1, 0));
        brokers.pass(Duration.ofSeconds(3));

        assertThat(again).isDone();
        Outcome<Appended> told = again.resultNow().getFirst();
        if (told instanceof Outcome.Refused<Appended>(Refusal why)) {
            assertThat(why).isInstanceOf(Refusal.TimedOut.class);
            assertThat(offsetOf(append(brokers, 1, Acks.ALL, 0, "a"))).isZero();
        } else {
            assertThat(offsetOf(told)).isZero();
        }
    }

    private static long offsetOf(Outcome<Appended> outcome) {
        return switch (outcome) {
            case Outcome.Done<Appended>(Appended appended) -> appended.baseOffset();
            case Outcome.Refused<Appended>(Refusal refusal) -> throw new AssertionError(refusal.message());
        };
    }

    private static Outcome<Appended> append(TwoBrokers brokers, int node, Acks acks, int sequence, String... values) {
        return brokers.await(brokers.node(node).append(request(acks, sequence, values)))
                .getFirst();
    }

    private static CompletableFuture<List<Outcome<Appended>>> send(
            TwoBrokers brokers, int node, int sequence, String... values) {
        return brokers.node(node).append(request(Acks.ALL, sequence, values));
    }

    private static AppendRequest request(Acks acks, int sequence, String... values) {
        return new AppendRequest(
                List.of(new AppendRequest.Part(
                        TwoBrokers.ORDERS, AppendRequest.ANY_EPOCH, SmallBatches.by(PRODUCER, 0, sequence, values))),
                acks,
                Duration.ofSeconds(20));
    }

    private TwoBrokers started(long seed) {
        TwoBrokers brokers = new TwoBrokers(seed, controller);
        brokers.await(brokers.node(0).start(SimulatedBroker.ENDPOINTS));
        brokers.await(brokers.node(1).start(SimulatedBroker.ENDPOINTS));
        controller.change(
                new MetadataChange.Put(new TopicRecord(ID, "orders", 1, 2, Map.of("min.insync.replicas", "1"))),
                new MetadataChange.Put(new PartitionImage(ID, 0, List.of(0, 1), List.of(0, 1), 0, 0, 0)));
        brokers.settle();
        return brokers;
    }

    private void lead(int leader, int epoch, List<Integer> inSync) {
        int partitionEpoch =
                controller.image().partition(TwoBrokers.ORDERS).orElseThrow().partitionEpoch() + 1;
        controller.change(new MetadataChange.Put(
                new PartitionImage(ID, 0, List.of(0, 1), inSync, leader, epoch, partitionEpoch)));
    }
}
