package io.millrace.gateway.produce;

import static io.millrace.gateway.produce.ProducerWorld.OPTIONS;
import static io.millrace.gateway.produce.ProducerWorld.keyed;
import static io.millrace.gateway.produce.ProducerWorld.to;
import static io.millrace.gateway.produce.ProducerWorld.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.Compression;
import io.millrace.core.records.RecordBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordProducerTest {
    private final ProducerWorld world = new ProducerWorld(OPTIONS);

    @BeforeEach
    void createOrders() {
        world.createTopic("orders", 3, Map.of("max.message.bytes", "5000"));
    }

    @Test
    void tellsEachRecordsPlaceInTheOrderOfTheCall() {
        var answer = world.send(to(2, "a"), to(0, "b"), to(2, "c"));

        world.runAll();

        assertThat(answer.join())
                .containsExactly(
                        Outcome.done(new Produced(2, 0, ManualClock.START_WALL_MILLIS)),
                        Outcome.done(new Produced(0, 0, ManualClock.START_WALL_MILLIS)),
                        Outcome.done(new Produced(2, 1, ManualClock.START_WALL_MILLIS)));
        assertThat(world.valuesOf(2)).containsExactly("a", "c");
    }

    @Test
    void callsThatArriveTogetherShareABatch() {
        for (int i = 0; i < 10; i++) {
            var _ = world.send(to(1, "v" + i));
        }

        world.runAll();

        assertThat(world.batches).containsExactly(10);
    }

    @Test
    void recordsGatherWhileAnAppendIsUnderWay() {
        var _ = world.send(to(1, "first"));
        world.runProducer();
        for (int i = 0; i < 5; i++) {
            var _ = world.send(to(1, "v" + i));
            world.runProducer();
        }

        world.runAll();

        assertThat(world.batches).containsExactly(1, 5);
        assertThat(world.valuesOf(1)).containsExactly("first", "v0", "v1", "v2", "v3", "v4");
    }

    @Test
    void aLingerHoldsTheFirstRecordForOthers() {
        ProducerWorld lingering = new ProducerWorld(new ProducerOptions(
                Duration.ofMillis(2),
                OPTIONS.batchBytesMax(),
                OPTIONS.inFlightBytesMax(),
                OPTIONS.inFlightWaitMax(),
                OPTIONS.timeoutMax(),
                OPTIONS.retryFor(),
                OPTIONS.retryBackoff()));
        lingering.createTopic("orders", 1, Map.of());
        var _ = lingering.send(to(0, "a"));
        lingering.runAll();
        lingering.pass(Duration.ofMillis(1));
        var _ = lingering.send(to(0, "b"));
        assertThat(lingering.batches).isEmpty();

        lingering.pass(Duration.ofMillis(1));

        assertThat(lingering.batches).containsExactly(2);
    }

    @Test
    void batchesOfDifferentOptionsNeverMixAndKeepTheirOrder() {
        ProduceOptions zstd = new ProduceOptions(Acks.ALL, Compression.ZSTD, Duration.ofSeconds(30));
        String long1 = "x".repeat(200);
        var _ = world.send(to(0, "a"));
        var _ = world.producer.produce("orders", List.of(to(0, long1), to(0, long1)), zstd);
        var _ = world.send(to(0, "b"));

        world.runAll();

        assertThat(world.batchesOf(0))
                .extracting(RecordBatch::compression)
                .containsExactly(Compression.NONE, Compression.ZSTD, Compression.NONE);
        assertThat(world.valuesOf(0)).containsExactly("a", long1, long1, "b");
    }

    @Test
    void noBatchIsLargerThanTheTopicAllows() {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            values.add(i + "x".repeat(300));
            var _ = world.send(to(0, values.getLast()));
        }

        world.runAll();

        assertThat(world.batchesOf(0))
                .allSatisfy(batch -> assertThat(batch.sizeInBytes()).isLessThanOrEqualTo(5000));
        assertThat(world.valuesOf(0)).isEqualTo(values);
    }

    @Test
    void aRecordThatIsTooLargeIsRefusedAndTheOthersOfItsCallAreNot() {
        var answer = world.send(to(0, "a"), to(0, "x".repeat(5000)), to(0, "b"));

        world.runAll();

        assertThat(answer.join().get(1))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal())
                                .isInstanceOfSatisfying(
                                        Refusal.TooLarge.class,
                                        tooLarge -> assertThat(tooLarge.limitBytes())
                                                .isEqualTo(5000)));
        assertThat(world.valuesOf(0)).containsExactly("a", "b");
    }

    @Test
    void whatCannotBeRoutedIsRefusedRecordByRecord() {
        var answer = world.send(to(3, "no such partition"), to(-1, "negative"), keyed("k", "fine"));

        world.runAll();

        assertThat(answer.join().get(0))
                .isEqualTo(Outcome.refused(new Refusal.UnknownPartition(new TopicPartition("orders", 3), 3)));
        assertThat(answer.join().get(1)).isInstanceOf(Outcome.Refused.class);
        assertThat(answer.join().get(2)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void anUnknownTopicIsRefusedAtOnce() {
        var answer = world.producer.produce("nowhere", List.of(to(0, "a"), to(0, "b")), ProduceOptions.DEFAULT);

        assertThat(answer.join())
                .containsExactly(
                        Outcome.refused(new Refusal.UnknownTopic("nowhere")),
                        Outcome.refused(new Refusal.UnknownTopic("nowhere")));
    }

    @Test
    void anIllegalTopicNameIsRefusedAsThat() {
        var answer = world.producer.produce("../etc", List.of(to(0, "a")), ProduceOptions.DEFAULT);

        assertThat(answer.join().getFirst())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.InvalidTopicName.class));
    }

    @Test
    void noRecordsHaveNoOutcomes() {
        assertThat(world.send().join()).isEmpty();
    }

    @Test
    void withoutAcknowledgementNoOffsetIsTold() {
        var answer = world.producer.produce(
                "orders", List.of(to(0, "a")), new ProduceOptions(Acks.NONE, Compression.NONE, Duration.ofSeconds(1)));

        world.runAll();

        assertThat(answer.join()).containsExactly(Outcome.done(new Produced(0, -1, ManualClock.START_WALL_MILLIS)));
    }

    @Test
    void aRecordsOwnTimeIsKept() {
        NewRecord record = new NewRecord(null, utf8("a"), List.of(), OptionalInt.of(0), OptionalLong.of(1_000));
        var answer = world.send(record);

        world.runAll();

        assertThat(answer.join()).containsExactly(Outcome.done(new Produced(0, 0, 1_000)));
    }

    @Test
    void aBrokerThatDoesNotLeadYetIsAskedAgain() {
        world.broker.refuseAppends(new Refusal.NotLeader(new TopicPartition("orders", 0)));
        var first = world.send(to(0, "a"));
        world.runAll();
        var second = world.send(to(0, "b"));
        world.broker.refuseAppends(null);

        world.pass(OPTIONS.retryBackoff());

        assertThat(first.join()).containsExactly(Outcome.done(new Produced(0, 0, ManualClock.START_WALL_MILLIS)));
        assertThat(second).isCompleted();
        assertThat(world.valuesOf(0)).containsExactly("a", "b");
    }

    @Test
    void aBrokerThatStopsOrHasLostItsLeaseIsAskedAgainUntilAnotherOneLeads() {
        for (Refusal aboutItself : List.of(
                new Refusal.ShuttingDown("Broker 0 is stopping."),
                new Refusal.ControllerNotAvailable("The lease of broker 0 has run out."))) {
            world.broker.refuseAppends(aboutItself);
            var answer = world.send(to(0, "a"));
            world.runAll();
            world.broker.refuseAppends(null);

            world.pass(OPTIONS.retryBackoff());

            assertThat(answer.join())
                    .as(aboutItself.message())
                    .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Done.class));
        }
    }

    @Test
    void recordsForAPartitionWithoutLeaderGoAsSoonAsThePictureShowsOne() {
        world.controller.heartbeat(new BrokerHeartbeat(0, 1, 0, true)).join();
        var answer = world.send(to(0, "a"));
        world.runAll();
        assertThat(answer).isNotDone();

        world.controller.heartbeat(new BrokerHeartbeat(0, 1, 1, false)).join();
        world.runAll();

        assertThat(answer).as("without any time passing").isCompleted();
        assertThat(world.valuesOf(0)).containsExactly("a");
    }

    @Test
    void anAppendThatHangsAtALeaderThatIsNoneAnyMoreEndsSoonWithAnUnknownFateAndTheNextOneGoesOn() {
        var hanging = world.send(to(0, "a"));
        world.runProducer();

        world.controller.heartbeat(new BrokerHeartbeat(0, 1, 0, true)).join();
        world.runProducer();
        assertThat(hanging).as("while its answer may be on its way").isNotDone();
        world.clock.advance(Duration.ofMillis(500));
        world.runProducer();

        assertThat(hanging).isCompleted();
        assertThat(((Outcome.Refused<Produced>) hanging.join().getFirst()).refusal())
                .isInstanceOf(Refusal.TimedOut.class);
        world.controller.heartbeat(new BrokerHeartbeat(0, 1, 1, false)).join();
        var next = world.send(to(0, "b"));
        world.runAll();
        assertThat(next.join().getFirst()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aBrokerThatNeverLeadsIsGivenUp() {
        Refusal notLeader = new Refusal.NotLeader(new TopicPartition("orders", 0));
        world.broker.refuseAppends(notLeader);
        var answer = world.send(to(0, "a"));
        world.runAll();

        for (int i = 0; i <= 40; i++) {
            world.pass(OPTIONS.retryBackoff());
        }

        assertThat(answer.join()).containsExactly(Outcome.refused(notLeader));
        assertThat(world.producer.inFlightBytes()).isZero();
    }

    @Test
    void anyOtherRefusalOfTheBrokerReachesEveryRecordOfTheBatch() {
        Refusal failed = new Refusal.StorageFailed("The disk is gone.");
        world.broker.refuseAppends(failed);
        var one = world.send(to(0, "a"), to(0, "b"));
        var other = world.send(to(0, "c"));

        world.runAll();

        assertThat(one.join()).containsExactly(Outcome.refused(failed), Outcome.refused(failed));
        assertThat(other.join()).containsExactly(Outcome.refused(failed));
    }

    @Test
    void aCallThatIsNotAnsweredInTimeTimesOut() {
        var answer = world.producer.produce(
                "orders", List.of(to(0, "a")), new ProduceOptions(Acks.ALL, Compression.NONE, Duration.ofSeconds(3)));
        world.runProducer();

        world.clock.advance(Duration.ofSeconds(3));
        world.runProducer();

        assertThat(answer.join().getFirst())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.TimedOut.class));
    }

    @Test
    void recordsWhoseCallerHasGivenUpAreNotStoredAnyMore() {
        var _ = world.send(to(0, "under way"));
        world.runProducer();
        var _ = world.producer.produce(
                "orders",
                List.of(to(0, "late")),
                new ProduceOptions(Acks.ALL, Compression.NONE, Duration.ofSeconds(3)));
        world.runProducer();
        world.clock.advance(Duration.ofSeconds(3));
        world.runProducer();

        world.runAll();

        assertThat(world.valuesOf(0)).containsExactly("under way");
        assertThat(world.producer.inFlightBytes()).isZero();
    }

    @Test
    void impossibleTimeoutsAreRefused() {
        for (Duration timeout : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(300_000))) {
            var answer = world.producer.produce(
                    "orders", List.of(to(0, "a")), new ProduceOptions(Acks.ALL, Compression.NONE, timeout));
            assertThat(answer.join().getFirst())
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.InvalidRequest.class));
        }
    }

    @Test
    void callsBeyondTheInFlightLimitWaitUntilThereIsRoom() {
        List<CompletableFuture<List<Outcome<Produced>>>> answers = new ArrayList<>();
        List<String> values = new ArrayList<>();
        // Each takes some 4.2 KB of the limit of 1 MiB.
        for (int i = 0; i < 400; i++) {
            values.add(i + "x".repeat(4000));
            answers.add(world.send(to(0, values.getLast())));
        }
        world.runProducer();
        assertThat(world.producer.inFlightBytes()).isLessThanOrEqualTo(OPTIONS.inFlightBytesMax());

        world.runAll();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().getFirst()).isInstanceOf(Outcome.Done.class));
        assertThat(world.valuesOf(0)).isEqualTo(values);
        assertThat(world.producer.inFlightBytes()).isZero();
    }

    @Test
    void callsThatFindNoRoomInTimeAreOverloadedAndNotStored() {
        List<CompletableFuture<List<Outcome<Produced>>>> answers = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            answers.add(world.send(to(0, "x".repeat(4000))));
        }
        world.runProducer();

        world.clock.advance(OPTIONS.inFlightWaitMax());
        world.runProducer();

        assertThat(answers.getLast().join().getFirst())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.Overloaded.class));
        world.runAll();
        long stored = answers.stream()
                .filter(answer -> answer.join().getFirst() instanceof Outcome.Done)
                .count();
        assertThat(world.valuesOf(0)).hasSize((int) stored);
    }

    @Test
    void whoWouldWaitBehindAFullLineIsTurnedAwayAtOnce() {
        CompletableFuture<List<Outcome<Produced>>> last = CompletableFuture.completedFuture(List.of());
        for (int i = 0; i < 600; i++) {
            last = world.send(to(0, "x".repeat(4000)));
        }

        assertThat(last.join().getFirst())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.Overloaded.class));
    }
}
