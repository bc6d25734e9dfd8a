package io.millrace.core.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.DeleteRecordsRequest;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.FoundOffset;
import io.millrace.core.api.HeldReplica;
import io.millrace.core.api.ListOffsetsRequest.Target;
import io.millrace.core.api.LogDirectoryDetail;
import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionStatus;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.Acks;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link BrokerApi} does. Partitions are led by the broker under test with epoch 0, replication factor 1. */
public abstract class BrokerApiContract extends ProducerContract {
    @Test
    void offsetsFollowEachOther() {
        createTopic("orders", 1, Map.of());

        Appended first = done(append(ORDERS_0, "a", "b", "c"));
        Appended second = done(append(ORDERS_0, "d"));

        assertThat(first).isEqualTo(new Appended(0, 2, -1, 0));
        assertThat(second).isEqualTo(new Appended(3, 3, -1, 0));
    }

    @Test
    void whatWasAcknowledgedIsRead() {
        createTopic("orders", 1, Map.of());
        append(ORDERS_0, "a", "b");
        append(ORDERS_0, "c");

        Fetched fetched = done(fetchNow(ORDERS_0, 0));

        assertThat(valuesIn(fetched)).containsExactly("a", "b", "c");
        assertThat(fetched.highWatermark()).isEqualTo(3);
        assertThat(fetched.lastStableOffset()).isEqualTo(3);
        assertThat(fetched.logStartOffset()).isZero();
    }

    @Test
    void aReadFromTheMiddleOfABatchBeginsWithThatBatch() {
        createTopic("orders", 1, Map.of());
        append(ORDERS_0, "a");
        append(ORDERS_0, "b", "c", "d");

        assertThat(valuesIn(done(fetchNow(ORDERS_0, 2)))).containsExactly("b", "c", "d");
    }

    @Test
    void partsSucceedAndFailApartAndInOrder() {
        createTopic("orders", 2, Map.of());
        ByteBuffer corrupt = SmallBatches.of(1000, "bad");
        corrupt.put(corrupt.limit() - 2, (byte) 'X');

        List<Outcome<Appended>> outcomes = await(broker().append(new AppendRequest(
                List.of(
                        part(ORDERS_1, SmallBatches.of(1000, "a")),
                        part(new TopicPartition("nowhere", 0), SmallBatches.of(1000, "a")),
                        part(new TopicPartition("orders", 2), SmallBatches.of(1000, "a")),
                        part(ORDERS_0, corrupt),
                        part(ORDERS_1, SmallBatches.of(1000, "b"))),
                Acks.ALL,
                LONG)));

        assertThat(done(outcomes.get(0)).baseOffset()).isEqualTo(0);
        assertThat(refusal(outcomes.get(1))).isEqualTo(new Refusal.UnknownTopic("nowhere"));
        assertThat(refusal(outcomes.get(2)))
                .isEqualTo(new Refusal.UnknownPartition(new TopicPartition("orders", 2), 2));
        assertThat(refusal(outcomes.get(3))).isInstanceOf(Refusal.CorruptBatch.class);
        assertThat(done(outcomes.get(4)).baseOffset()).isEqualTo(1);
        assertThat(status(ORDERS_0).logEndOffset()).isZero();
    }

    @Test
    void acksNoneIsAnsweredToo() {
        createTopic("orders", 1, Map.of());

        List<Outcome<Appended>> outcomes = await(broker().append(new AppendRequest(
                List.of(part(ORDERS_0, SmallBatches.of(1000, "a"))), Acks.NONE, Duration.ofSeconds(1))));

        assertThat(done(outcomes.getFirst()).baseOffset()).isZero();
    }

    @Test
    void aBatchOverTheTopicsLimitIsRefusedWithTheLimit() {
        createTopic("orders", 1, Map.of("max.message.bytes", "100"));

        Refusal refusal = refusal(append(ORDERS_0, "x".repeat(100)));

        assertThat(refusal)
                .isInstanceOfSatisfying(
                        Refusal.TooLarge.class,
                        tooLarge -> assertThat(tooLarge.limitBytes()).isEqualTo(100));
        assertThat(status(ORDERS_0).logEndOffset()).isZero();
    }

    @Test
    void aBatchThatIsCutOffIsRefused() {
        createTopic("orders", 1, Map.of());
        ByteBuffer whole = SmallBatches.of(1000, "abc");

        for (int length : new int[] {0, 1, 16, 60, 61, whole.limit() - 1}) {
            Outcome<Appended> outcome = append(ORDERS_0, whole.duplicate().limit(length));
            assertThat(refusal(outcome))
                    .as("%s bytes", length)
                    .isInstanceOfAny(Refusal.CorruptBatch.class, Refusal.InvalidBatch.class);
        }
        assertThat(status(ORDERS_0).logEndOffset()).isZero();
    }

    @Test
    void logAppendTimeIsStampedAndTold() {
        createTopic("orders", 1, Map.of("message.timestamp.type", "LogAppendTime"));

        long stamp = done(append(ORDERS_0, "a")).logAppendTimeMillis();

        assertThat(stamp).isPositive();
        assertThat(find(ORDERS_0, new Target.MaxTimestamp())).isEqualTo(new FoundOffset(0, stamp, 0));
    }

    @Test
    void aRequestOfAnotherEpochIsRefused() {
        createTopic("orders", 1, Map.of());
        AppendRequest.Part newer = new AppendRequest.Part(ORDERS_0, 7, SmallBatches.of(1000, "a"));

        Outcome<Appended> append = only(await(broker().append(new AppendRequest(List.of(newer), Acks.ALL, LONG))));
        Outcome<Fetched> fetch =
                only(await(broker().fetch(fetching(1, LONG, new FetchRequest.Part(ORDERS_0, 7, 0, MUCH)))));
        Outcome<Appended> current = only(await(broker().append(new AppendRequest(
                List.of(new AppendRequest.Part(ORDERS_0, 0, SmallBatches.of(1000, "a"))), Acks.ALL, LONG))));

        assertThat(refusal(append)).isInstanceOf(Refusal.StaleEpoch.class);
        assertThat(refusal(fetch)).isInstanceOf(Refusal.StaleEpoch.class);
        assertThat(done(current).baseOffset()).isZero();
    }

    @Test
    void anOffsetOutsideTheLogIsRefusedWithTheEdges() {
        createTopic("orders", 1, Map.of());
        append(ORDERS_0, "a", "b");

        assertThat(refusal(fetchNow(ORDERS_0, 3))).isEqualTo(new Refusal.OffsetOutOfRange(ORDERS_0, 3, 0, 2));
        assertThat(refusal(fetchNow(ORDERS_0, -5))).isEqualTo(new Refusal.OffsetOutOfRange(ORDERS_0, -5, 0, 2));
        assertThat(valuesIn(done(fetchNow(ORDERS_0, 2)))).isEmpty();
    }

    @Test
    void aFetchWaitsUntilThereIsEnough() {
        createTopic("orders", 2, Map.of());
        var waiting = broker().fetch(fetching(1, LONG, fetchPart(ORDERS_0, 0, MUCH), fetchPart(ORDERS_1, 0, MUCH)));
        settle();
        assertThat(waiting).isNotDone();

        append(ORDERS_1, "late");

        List<Outcome<Fetched>> outcomes = await(waiting);
        assertThat(valuesIn(done(outcomes.get(0)))).isEmpty();
        assertThat(valuesIn(done(outcomes.get(1)))).containsExactly("late");
    }

    @Test
    void minBytesCountsAllParts() {
        createTopic("orders", 2, Map.of());
        int size = SmallBatches.of(1000, "a").limit();
        append(ORDERS_0, "a");
        var waiting =
                broker().fetch(fetching(2 * size, LONG, fetchPart(ORDERS_0, 0, MUCH), fetchPart(ORDERS_1, 0, MUCH)));
        settle();
        assertThat(waiting).isNotDone();

        append(ORDERS_1, "b");

        List<Outcome<Fetched>> outcomes = await(waiting);
        assertThat(valuesIn(done(outcomes.get(0)))).containsExactly("a");
        assertThat(valuesIn(done(outcomes.get(1)))).containsExactly("b");
    }

    @Test
    void aFetchAnswersWithWhatThereIsWhenTheWaitIsOver() {
        createTopic("orders", 1, Map.of());
        append(ORDERS_0, "a");

        List<Outcome<Fetched>> outcomes = await(broker().fetch(fetching(MUCH, SHORT, fetchPart(ORDERS_0, 0, MUCH))));

        assertThat(valuesIn(done(only(outcomes)))).containsExactly("a");
    }

    @Test
    void aFetchWithARefusedPartAnswersAtOnce() {
        createTopic("orders", 1, Map.of());

        List<Outcome<Fetched>> outcomes = await(broker().fetch(fetching(
                1, LONG, fetchPart(ORDERS_0, 0, MUCH), fetchPart(new TopicPartition("nowhere", 0), 0, MUCH))));

        assertThat(valuesIn(done(outcomes.get(0)))).isEmpty();
        assertThat(refusal(outcomes.get(1))).isEqualTo(new Refusal.UnknownTopic("nowhere"));
    }

    @Test
    void aCancelledFetchIsForgottenAndHarmsNothing() {
        createTopic("orders", 1, Map.of());
        var waiting = broker().fetch(fetching(1, LONG, fetchPart(ORDERS_0, 0, MUCH)));
        settle();

        assertThat(waiting.cancel(false)).isTrue();
        append(ORDERS_0, "a");

        assertThat(valuesIn(done(fetchNow(ORDERS_0, 0)))).containsExactly("a");
    }

    @Test
    void theFirstBatchComesWholeHoweverSmallTheLimit() {
        createTopic("orders", 2, Map.of());
        append(ORDERS_0, "a".repeat(500));
        append(ORDERS_1, "b".repeat(500));

        List<Outcome<Fetched>> outcomes = await(broker().fetch(new FetchRequest(
                List.of(fetchPart(ORDERS_0, 0, 10), fetchPart(ORDERS_1, 0, 10)),
                1,
                10,
                LONG,
                IsolationLevel.READ_UNCOMMITTED)));

        assertThat(valuesIn(done(outcomes.get(0)))).containsExactly("a".repeat(500));
        assertThat(valuesIn(done(outcomes.get(1)))).isEmpty();
    }

    @Test
    void aPartitionsLimitCutsItsPart() {
        createTopic("orders", 1, Map.of());
        int size = SmallBatches.of(1000, "a").limit();
        for (int i = 0; i < 5; i++) {
            append(ORDERS_0, "a");
        }

        List<Outcome<Fetched>> outcomes =
                await(broker().fetch(fetching(1, LONG, fetchPart(ORDERS_0, 0, 2 * size + 10))));

        assertThat(valuesIn(done(only(outcomes)))).containsExactly("a", "a");
    }

    @Test
    void sizesBelowZeroAreRefused() {
        createTopic("orders", 1, Map.of());

        Outcome<Fetched> outcome = only(await(broker().fetch(fetching(1, LONG, fetchPart(ORDERS_0, 0, -1)))));

        assertThat(refusal(outcome)).isInstanceOf(Refusal.InvalidRequest.class);
    }

    @Test
    void offsetsAreFoundAtTheEdgesAndByTime() {
        createTopic("orders", 1, Map.of());
        append(ORDERS_0, SmallBatches.of(1000, "a"));
        append(ORDERS_0, SmallBatches.of(3000, "b"));
        append(ORDERS_0, SmallBatches.of(2000, "c"));

        assertThat(find(ORDERS_0, new Target.Earliest()).offset()).isZero();
        assertThat(find(ORDERS_0, new Target.Latest()).offset()).isEqualTo(3);
        assertThat(find(ORDERS_0, new Target.MaxTimestamp())).isEqualTo(new FoundOffset(1, 3000, 0));
        assertThat(find(ORDERS_0, new Target.AtTimestamp(1500))).isEqualTo(new FoundOffset(1, 3000, 0));
        assertThat(find(ORDERS_0, new Target.AtTimestamp(3001))).isEqualTo(new FoundOffset(-1, -1, -1));
    }

    @Test
    void theEndOfAnEpochIsFound() {
        createTopic("orders", 1, Map.of());
        append(ORDERS_0, "a", "b");
        append(ORDERS_0, "c");

        assertThat(find(ORDERS_0, new Target.EndOfEpoch(0))).isEqualTo(new FoundOffset(3, -1, 0));
        assertThat(find(ORDERS_0, new Target.EndOfEpoch(7))).isEqualTo(new FoundOffset(3, -1, 0));
    }

    @Test
    void anEpochBeforeAllThatIsThereEndsAtTheStart() {
        createTopic("orders", 1, Map.of());
        append(ORDERS_0, "a", "b");
        delete(ORDERS_0, 1);

        assertThat(find(ORDERS_0, new Target.EndOfEpoch(-1))).isEqualTo(new FoundOffset(1, -1, -1));
    }

    @Test
    void deletedRecordsAreNoLongerServed() {
        createTopic("orders", 1, Map.of());
        append(ORDERS_0, "a");
        append(ORDERS_0, "b");
        append(ORDERS_0, "c");

        PartitionStatus status = done(delete(ORDERS_0, 2));

        assertThat(status.logStartOffset()).isEqualTo(2);
        assertThat(status.logEndOffset()).isEqualTo(3);
        assertThat(refusal(fetchNow(ORDERS_0, 1))).isEqualTo(new Refusal.OffsetOutOfRange(ORDERS_0, 1, 2, 3));
        assertThat(valuesIn(done(fetchNow(ORDERS_0, 2)))).containsExactly("c");
        assertThat(find(ORDERS_0, new Target.Earliest()).offset()).isEqualTo(2);
    }

    @Test
    void deletionReachesToTheHighWatermarkAndNoFurther() {
        createTopic("orders", 1, Map.of());
        append(ORDERS_0, "a", "b");

        assertThat(refusal(delete(ORDERS_0, 3))).isEqualTo(new Refusal.OffsetOutOfRange(ORDERS_0, 3, 0, 2));
        assertThat(done(delete(ORDERS_0, DeleteRecordsRequest.HIGH_WATERMARK)).logStartOffset())
                .isEqualTo(2);
        assertThat(done(append(ORDERS_0, "c")).logStartOffset()).isEqualTo(2);
    }

    @Test
    void logDirectoriesCountWhatTheyHold() {
        createTopic("orders", 3, Map.of());
        append(ORDERS_0, "a");

        List<LogDirectoryStatus> directories = await(broker().logDirectories());

        assertThat(directories.stream()
                        .mapToInt(LogDirectoryStatus::partitionCount)
                        .sum())
                .isEqualTo(3);
        assertThat(directories.stream().mapToLong(LogDirectoryStatus::logBytes).sum())
                .isEqualTo(SmallBatches.of(1000, "a").limit());
        assertThat(directories)
                .allSatisfy(directory -> assertThat(directory.failure()).isNull());
        assertThat(directories)
                .allSatisfy(directory -> assertThat(directory.replicas()).isEmpty());
    }

    @Test
    void logDirectoriesTellEachReplicaWhenThatIsAskedFor() {
        createTopic("orders", 2, Map.of());
        append(ORDERS_1, "a");

        List<LogDirectoryStatus> directories = await(broker().logDirectories(LogDirectoryDetail.REPLICAS));

        assertThat(directories)
                .flatExtracting(LogDirectoryStatus::replicas)
                .containsExactlyInAnyOrder(
                        new HeldReplica(ORDERS_0, 0, 0),
                        new HeldReplica(ORDERS_1, SmallBatches.of(1000, "a").limit(), 0));
    }
}
