package io.millrace.gateway.read;

import static io.millrace.gateway.read.ReaderWorld.at;
import static io.millrace.gateway.read.ReaderWorld.done;
import static io.millrace.gateway.read.ReaderWorld.utf8;
import static io.millrace.gateway.read.ReaderWorld.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.DeleteRecordsRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.BatchBuilder;
import io.millrace.core.records.Compression;
import io.millrace.core.records.RecordHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordReaderTest {
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final ReaderWorld world = new ReaderWorld();

    @BeforeEach
    void createOrders() {
        world.createTopic("orders", 3);
    }

    @Test
    void readsWhatIsThereAndSaysThatThisWasAll() {
        world.append(0, "a", "b");
        world.append(0, "c");

        ReadPage page = world.read(world.earliest(), 100);

        assertThat(valuesOf(page)).containsExactly("a", "b", "c");
        assertThat(page.atEnd()).isTrue();
        assertThat(page.recordsToEnd()).isZero();
        assertThat(page.recordsScanned()).isEqualTo(3);
    }

    @Test
    void aCursorPointsExactlyBehindTheLastRecordEvenWithinABatch() {
        world.append(0, "a", "b", "c", "d", "e");

        ReadPage first = world.read(world.earliest(), 2);
        ReadPage second = world.read(done(Cursor.decode(first.next().encode())), 2);

        assertThat(valuesOf(first)).containsExactly("a", "b");
        assertThat(first.atEnd()).isFalse();
        assertThat(first.recordsToEnd()).isEqualTo(3);
        assertThat(valuesOf(second)).containsExactly("c", "d");
    }

    @Test
    void aRecordCarriesWhatItsBatchSays() {
        world.broker.setLeaderEpoch(new TopicPartition("orders", 1), 0);
        world.append(1, "a");

        ReadRecord record = world.read(world.earliest(), 10).records().getFirst();

        assertThat(record.partition()).isEqualTo(new TopicPartition("orders", 1));
        assertThat(record.leaderEpoch()).isZero();
        assertThat(record.record().offset()).isZero();
        assertThat(record.record().timestampMillis()).isEqualTo(world.clock.wallMillis());
        assertThat(record.record().key()).isEqualTo(utf8("key-a"));
    }

    @Test
    void everyPartitionHasItsShareOfAPage() {
        for (int i = 0; i < 50; i++) {
            world.append(0, "busy-" + i);
        }
        world.append(1, "one");
        world.append(2, "two", "three");

        ReadPage page = world.read(world.earliest(), 9);

        assertThat(valuesOf(page)).contains("one", "two", "three").hasSize(9);
    }

    @Test
    void pagesOfOneRecordServeThePartitionsInTurn() {
        for (int partition = 0; partition < 3; partition++) {
            world.append(partition, "a", "b", "c");
        }
        Cursor cursor = world.earliest();
        Set<Integer> served = new HashSet<>();

        for (int i = 0; i < 3; i++) {
            ReadPage page = world.read(cursor, 1);
            served.add(page.records().getFirst().partition().partition());
            cursor = page.next();
        }

        assertThat(served).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void aChainOfPagesBringsEveryRecordOnceAndEachPartitionInOrder() {
        for (int i = 0; i < 200; i++) {
            world.append(i % 3, "v" + i, "w" + i);
        }
        Cursor cursor = world.earliest();
        List<ReadRecord> all = new ArrayList<>();
        ReadPage page;
        do {
            page = world.read(cursor, 7);
            all.addAll(page.records());
            cursor = page.next();
        } while (!page.atEnd());

        assertThat(all).hasSize(400);
        for (int partition = 0; partition < 3; partition++) {
            int wanted = partition;
            List<Long> offsets = all.stream()
                    .filter(record -> record.partition().partition() == wanted)
                    .map(record -> record.record().offset())
                    .toList();
            assertThat(offsets)
                    .isEqualTo(IntStream.range(0, offsets.size())
                            .mapToObj(Long::valueOf)
                            .toList());
        }
    }

    @Test
    void aPageStopsAtItsBytesButNeverComesEmptyForThem() {
        world.append(0, "x".repeat(100), "y".repeat(100), "z".repeat(100));
        ReadRequest small = new ReadRequest(
                world.earliest(), 100, 1, Duration.ZERO, IsolationLevel.READ_UNCOMMITTED, RecordFilter.ALL);

        ReadPage page = done(world.run(world.reader.read(small)));

        assertThat(valuesOf(page)).containsExactly("x".repeat(100));
    }

    @Test
    void aReadWaitsForTheFirstRecordAndNoLonger() {
        var page = world.begin(world.earliest(), 10, HALF_A_MINUTE, RecordFilter.ALL);
        world.pass(Duration.ofSeconds(10));
        assertThat(page).isNotDone();

        world.append(2, "at last");

        assertThat(valuesOf(done(page.join()))).containsExactly("at last");
    }

    @Test
    void aReadThatWaitsInVainEndsEmptyAndAtTheEnd() {
        var page = world.begin(world.earliest(), 10, HALF_A_MINUTE, RecordFilter.ALL);

        world.pass(HALF_A_MINUTE);

        assertThat(done(page.join()).records()).isEmpty();
        assertThat(done(page.join()).atEnd()).isTrue();
    }

    @Test
    void recordsThatDoNotPassTheFilterDoNotEndTheWait() {
        var page = world.begin(world.earliest(), 10, HALF_A_MINUTE, RecordFilter.ALL.withValueContaining("wanted"));
        world.append(0, "boring", "dull");
        assertThat(page).isNotDone();

        world.append(0, "most wanted");

        assertThat(valuesOf(done(page.join()))).containsExactly("most wanted");
        assertThat(done(page.join()).recordsScanned()).isEqualTo(3);
    }

    @Test
    void eachConditionOfAFilterHolds() {
        world.append(0, "apple", "apricot", "pear", "fig");
        RecordFilter none = RecordFilter.ALL;

        assertThat(filtered(none.withKey("key-pear"))).containsExactly("pear");
        assertThat(filtered(none.withKeyPrefix("key-ap"))).containsExactly("apple", "apricot");
        assertThat(filtered(none.withValueContaining("ea"))).containsExactly("pear");
        assertThat(filtered(new RecordFilter(null, null, null, List.of(new RecordHeader("parity", utf8("even"))))))
                .containsExactly("pear");
        assertThat(filtered(none.withKeyPrefix("key-ap").withValueContaining("cot")))
                .containsExactly("apricot");
    }

    @Test
    void aFilterThatMatchesNothingEndsWithProgressAfterABoundedScan() {
        for (int i = 0; i < 40; i++) {
            world.append(0, i + "x".repeat(100_000));
        }

        var page = world.begin(world.earliest(), 10, HALF_A_MINUTE, RecordFilter.ALL.withKey("nobody"));

        assertThat(done(page.join()).records()).isEmpty();
        assertThat(done(page.join()).bytesScanned()).isGreaterThanOrEqualTo(ReaderWorld.OPTIONS.scanBytesMax());
        assertThat(done(page.join())
                        .next()
                        .position(new TopicPartition("orders", 0))
                        .orElseThrow()
                        .offset())
                .isPositive();
        assertThat(done(page.join()).atEnd()).isFalse();
    }

    @Test
    void aReadStopsAtTheEndItWasGiven() {
        world.append(0, "a", "b", "c", "d");
        ReadRequest upToTwo = new ReadRequest(
                world.earliest(),
                10,
                1 << 20,
                HALF_A_MINUTE,
                IsolationLevel.READ_UNCOMMITTED,
                RecordFilter.ALL,
                Optional.of(new Cursor(List.of(at(0, 2), at(1, 0), at(2, 0)))));

        ReadPage page = done(world.run(world.reader.read(upToTwo)));

        assertThat(valuesOf(page)).containsExactly("a", "b");
        assertThat(page.atEnd()).isTrue();
        assertThat(page.next().position(new TopicPartition("orders", 0)))
                .contains(new Position(new TopicPartition("orders", 0), 2, 0));
    }

    @Test
    void compressedBatchesAreReadFromTheirMiddle() {
        BatchBuilder batch = new BatchBuilder(Compression.ZSTD, 1 << 20);
        for (int i = 0; i < 100; i++) {
            batch.append(1, null, utf8("value-" + i), List.of());
        }
        world.append(0, batch.build());

        ReadPage page = world.read(new Cursor(List.of(at(0, 97))), 10);

        assertThat(valuesOf(page)).containsExactly("value-97", "value-98", "value-99");
    }

    @Test
    void aBatchThatUnpacksToTooMuchIsRefused() {
        BatchBuilder batch = new BatchBuilder(Compression.ZSTD, 8 << 20);
        batch.append(1, null, utf8("x".repeat(2 << 20)), List.of());
        world.append(0, batch.build());

        var outcome = world.run(world.begin(new Cursor(List.of(at(0, 0))), 10, Duration.ZERO, RecordFilter.ALL));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.CorruptBatch.class));
    }

    @Test
    void aPositionThatRetentionHasPassedIsRefusedWithTheEdges() {
        world.append(0, "a", "b", "c");
        world.run(world.broker.deleteRecords(
                new DeleteRecordsRequest(List.of(new DeleteRecordsRequest.Part(new TopicPartition("orders", 0), 2)))));

        var outcome = world.run(world.begin(new Cursor(List.of(at(0, 0))), 10, HALF_A_MINUTE, RecordFilter.ALL));

        assertThat(outcome)
                .isEqualTo(Outcome.refused(new Refusal.OffsetOutOfRange(new TopicPartition("orders", 0), 0, 2, 3)));
    }

    @Test
    void aLeaderThatIsNotKnownYetIsAskedAgain() {
        world.append(0, "a");
        world.broker.setLeaderEpoch(new TopicPartition("orders", 0), 1);
        var page = world.begin(new Cursor(List.of(at(0, 0))), 10, Duration.ZERO, RecordFilter.ALL);
        assertThat(page).isNotDone();

        world.broker.setLeaderEpoch(new TopicPartition("orders", 0), 0);
        world.pass(Duration.ofMillis(50));

        assertThat(valuesOf(done(page.join()))).containsExactly("a");
    }

    @Test
    void aPartitionThatStaysUnreadableIsGivenUp() {
        world.broker.setLeaderEpoch(new TopicPartition("orders", 0), 1);

        var outcome = world.run(world.begin(new Cursor(List.of(at(0, 0))), 10, Duration.ZERO, RecordFilter.ALL));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.StaleEpoch.class));
    }

    @Test
    void onePartitionThatCannotBeReadDoesNotHideTheOthers() {
        world.append(1, "a");
        world.broker.setLeaderEpoch(new TopicPartition("orders", 0), 1);

        ReadPage page = world.read(new Cursor(List.of(at(0, 0), at(1, 0))), 10);

        assertThat(valuesOf(page)).containsExactly("a");
        assertThat(page.atEnd()).isFalse();
        assertThat(page.partitions())
                .anySatisfy(edges -> assertThat(edges.problem()).isPresent());
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        Cursor cursor = new Cursor(List.of(at(0, 0)));
        assertInvalid(cursor, 0, 1, Duration.ZERO);
        assertInvalid(cursor, 1, 0, Duration.ZERO);
        assertInvalid(cursor, 1, 1, Duration.ofSeconds(-1));
        assertInvalid(cursor, 1, 1, Duration.ofDays(10));
        assertInvalid(new Cursor(List.of(at(0, -5))), 1, 1, Duration.ZERO);
        assertInvalid(new Cursor(List.of()), 1, 1, Duration.ZERO);
    }

    @Test
    void aReadWaitsForRoomInMemory() {
        world.append(0, "a");
        world.inFlight.enter(1 << 20, Duration.ZERO, () -> {}, () -> {});
        var page = world.begin(world.earliest(), 10, Duration.ZERO, RecordFilter.ALL);
        assertThat(page).isNotDone();

        world.inFlight.leave(1 << 20);
        world.pass(Duration.ZERO);

        assertThat(valuesOf(done(page.join()))).containsExactly("a");
        assertThat(world.inFlight.used()).isZero();
    }

    @Test
    void aReadThatFindsNoRoomInTimeIsOverloaded() {
        world.append(0, "a");
        world.inFlight.enter(1 << 20, Duration.ZERO, () -> {}, () -> {});
        var page = world.begin(world.earliest(), 10, Duration.ZERO, RecordFilter.ALL);

        world.pass(ReaderWorld.OPTIONS.inFlightWaitMax());

        assertThat(page.join())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.Overloaded.class));
    }

    @Test
    void aPageThatHasRecordsEndsWhereThereIsNoRoomForMore() {
        for (int i = 0; i < 40; i++) {
            world.append(0, i + "x".repeat(100_000));
        }
        world.inFlight.enter(800_000, Duration.ZERO, () -> {}, () -> {});

        ReadPage page = world.read(world.earliest(), 20);

        assertThat(page.records()).isNotEmpty().hasSizeLessThan(20);
        assertThat(page.atEnd()).isFalse();
    }

    @Test
    void everyReadGivesItsRoomBack() {
        for (int i = 0; i < 40; i++) {
            world.append(i % 3, i + "x".repeat(100_000));
        }
        done(world.run(world.begin(world.earliest(), 10, HALF_A_MINUTE, RecordFilter.ALL.withKey("nobody"))));
        world.read(world.earliest(), 7);

        assertThat(world.inFlight.used()).isZero();
    }

    @Test
    void aReadThatIsCancelledIsWithdrawnFromTheBroker() {
        var page = world.begin(world.earliest(), 10, HALF_A_MINUTE, RecordFilter.ALL);

        page.cancel(false);
        world.append(0, "a");

        assertThat(page).isCancelled();
    }

    private List<String> filtered(RecordFilter filter) {
        return valuesOf(done(world.run(world.begin(world.earliest(), 10, Duration.ZERO, filter))));
    }

    private void assertInvalid(Cursor cursor, int maxRecords, long maxBytes, Duration wait) {
        var outcome = world.run(world.reader.read(new ReadRequest(
                cursor, maxRecords, maxBytes, wait, IsolationLevel.READ_UNCOMMITTED, RecordFilter.ALL)));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.InvalidRequest.class));
    }
}
