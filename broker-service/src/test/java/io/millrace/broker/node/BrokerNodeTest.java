package io.millrace.broker.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.storage.DirectoryOwner;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.FoundOffset;
import io.millrace.core.api.ListOffsetsRequest;
import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.contract.BrokerApiQuestions;
import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.environment.simulated.DiskOperation;
import io.millrace.core.environment.simulated.PowerLoss;
import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.core.model.Acks;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BrokerNodeTest extends BrokerApiQuestions {
    private static final Path DATA = SimulatedBroker.DATA;

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final MuteController controller = new MuteController();
    private final List<Integer> rounds = new ArrayList<>();
    private final List<String> opened = new ArrayList<>();
    private final List<TopicPartition> recovered = new ArrayList<>();
    private SimulatedBroker broker = newBroker();

    private SimulatedBroker newBroker() {
        return new SimulatedBroker(
                7,
                disk,
                controller,
                new BrokerObserver() {
                    @Override
                    public void committed(int partitions, long bytes, int appends, Duration took) {
                        rounds.add(partitions);
                    }

                    @Override
                    public void opening(int open, int asked) {
                        opened.add(open + " of " + asked);
                    }

                    @Override
                    public void recovered(TopicPartition partition, long scannedBytes, long cutBytes) {
                        if (scannedBytes > 0) {
                            recovered.add(partition);
                        }
                    }
                },
                DATA,
                SimulatedBroker.MORE_DATA);
    }

    @BeforeEach
    void start() {
        broker.start();
    }

    @Test
    void aStopInOrderMakesTheNextStartFastAndComplete() {
        createTopic("orders", 2, Map.of());
        append(ORDERS_0, "a", "b");
        await(broker.node().stop(Duration.ofSeconds(1)));

        broker = newBroker();
        broker.start();
        settle();

        assertThat(valuesIn(done(fetchNow(ORDERS_0, 0)))).containsExactly("a", "b");
        assertThat(recovered).isEmpty();
        assertThat(done(append(ORDERS_0, "c")).baseOffset()).isEqualTo(2);
    }

    @Test
    void aStartTellsWhatItWaitsForBeforeTheFirstLogIsOpen() {
        createTopic("orders", 2, Map.of());
        await(broker.node().stop(Duration.ofSeconds(1)));
        opened.clear();

        broker = newBroker();
        broker.start();

        assertThat(opened).containsExactly("0 of 2", "1 of 2", "2 of 2");
    }

    @Test
    void aStoppingBrokerRefusesWrites() {
        createTopic("orders", 1, Map.of());
        await(broker.node().stop(Duration.ofSeconds(1)));

        assertThat(refusal(append(ORDERS_0, "a"))).isInstanceOf(Refusal.ShuttingDown.class);
    }

    @Test
    void aFailedSyncIsNeverAcknowledgedAndEndsItsDirectoryOnly() {
        createTopic("orders", 2, Map.of());
        append(ORDERS_0, "a");
        append(ORDERS_1, "a");
        disk.failNext(DiskOperation.SYNC, "/data/orders-0/00000000000000000000.log");

        Outcome<Appended> lost = append(ORDERS_0, "b");

        assertThat(refusal(lost)).isInstanceOf(Refusal.StorageFailed.class);
        assertThat(refusal(append(ORDERS_0, "c"))).isInstanceOf(Refusal.StorageFailed.class);
        assertThat(refusal(fetchNow(ORDERS_0, 0))).isInstanceOf(Refusal.StorageFailed.class);
        assertThat(done(append(ORDERS_1, "b")).baseOffset()).isEqualTo(1);
        assertThat(failures())
                .satisfiesExactly(
                        failed -> assertThat(failed).contains("sync"),
                        working -> assertThat(working).isNull());
    }

    @Test
    void aFailedDirectoryComesBackOnlyWithTheNextStart() {
        createTopic("orders", 1, Map.of());
        append(ORDERS_0, "a");
        disk.failNext(DiskOperation.SYNC, ".log");
        append(ORDERS_0, "b");

        disk.restart(PowerLoss.LOSES_ALL);
        broker = newBroker();
        broker.start();
        settle();

        assertThat(valuesIn(done(fetchNow(ORDERS_0, 0)))).containsExactly("a");
    }

    @Test
    void aFullDiskEndsTheDirectoryAndStoresNoPartOfTheBatch() {
        createTopic("orders", 1, Map.of());
        append(ORDERS_0, "a");
        disk.limitTo(disk.usedBytes() + 20);

        assertThat(refusal(append(ORDERS_0, "b"))).isInstanceOf(Refusal.StorageFailed.class);

        disk.limitTo(Long.MAX_VALUE);
        assertThat(refusal(append(ORDERS_0, "c"))).isInstanceOf(Refusal.StorageFailed.class);
        assertThat(failures().getFirst()).isNotNull();
    }

    @Test
    void oneCommitRoundCoversManyPartitions() {
        createTopic("orders", 40, Map.of());
        List<AppendRequest.Part> parts = new ArrayList<>();
        for (int partition = 0; partition < 40; partition++) {
            parts.add(new AppendRequest.Part(
                    new TopicPartition("orders", partition), AppendRequest.ANY_EPOCH, SmallBatches.of(1_000, "a")));
        }
        rounds.clear();

        await(broker().append(new AppendRequest(parts, Acks.ALL, Duration.ofSeconds(30))));

        // Two directories, each with a round that the first append begins and rounds for those gathered meanwhile.
        assertThat(rounds.stream().mapToInt(Integer::intValue).sum()).isEqualTo(40);
        assertThat(rounds).hasSizeLessThan(12);
    }

    @Test
    void aBrokerWhoseLeaseHasRunOutTakesNoWritesUntilItIsRenewed() {
        createTopic("orders", 1, Map.of());
        controller.silent(true);
        broker.pass(Duration.ofSeconds(11));

        assertThat(refusal(append(ORDERS_0, "a"))).isInstanceOf(Refusal.ControllerNotAvailable.class);

        controller.silent(false);
        broker.pass(Duration.ofSeconds(2));
        assertThat(done(append(ORDERS_0, "a")).baseOffset()).isZero();
    }

    @Test
    void aDeletedTopicsFilesGoAfterTheGracePeriod() throws IOException {
        createTopic("orders", 1, Map.of());
        append(ORDERS_0, "a");

        controller.deleteTopic("orders").resultNow();
        settle();

        assertThat(refusal(append(ORDERS_0, "b"))).isEqualTo(new Refusal.UnknownTopic("orders"));
        assertThat(disk.exists(DATA.resolve("orders-0"))).isFalse();
        assertThat(disk.list(DATA.resolve(".deleted"))).hasSize(1);
        broker.pass(Duration.ofMinutes(2));
        assertThat(disk.list(DATA.resolve(".deleted"))).isEmpty();
    }

    @Test
    void aTopicCreatedAgainUnderItsOldNameBeginsAnew() {
        createTopic("orders", 1, Map.of());
        append(ORDERS_0, "a");

        controller.deleteTopic("orders").resultNow();
        createTopic("orders", 1, Map.of());

        assertThat(done(append(ORDERS_0, "b")).baseOffset()).isZero();
        assertThat(valuesIn(done(fetchNow(ORDERS_0, 0)))).containsExactly("b");
    }

    @Test
    void aPartitionThatNoPictureExplainsIsKept() throws IOException {
        createTopic("orders", 1, Map.of());
        append(ORDERS_0, "a");
        await(broker.node().stop(Duration.ofSeconds(1)));

        SimulatedBroker elsewhere = new SimulatedBroker(8, disk, new MuteController(), DATA);
        elsewhere.start();
        elsewhere.settle();
        elsewhere.pass(Duration.ofMinutes(2));

        assertThat(disk.exists(DATA.resolve("orders-0").resolve("00000000000000000000.log")))
                .isTrue();
    }

    @Test
    void aDirectoryOfAnotherBrokerIsRefused() throws IOException {
        Path foreign = Path.of("/foreign");
        disk.createDirectories(foreign);
        new DirectoryOwner("in-memory-cluster", 5, null).claim(disk, foreign);
        SimulatedBroker other = new SimulatedBroker(9, disk, controller, foreign);

        var started = other.node().start(SimulatedBroker.ENDPOINTS);
        other.settle();

        assertThat(started).isCompletedExceptionally();
        assertThat(started.exceptionNow()).hasMessageContaining("belongs to broker 5");
    }

    @Test
    void aDirectoryOfAnotherClusterIsRefusedByTheController() throws IOException {
        Path foreign = Path.of("/foreign");
        disk.createDirectories(foreign);
        new DirectoryOwner("another-cluster", 0, null).claim(disk, foreign);

        Outcome<?> outcome = new SimulatedBroker(9, disk, controller, foreign).start();

        assertThat(refusal(outcome)).isInstanceOf(Refusal.RegistrationRefused.class);
    }

    @Test
    void anAppendThatIsNotSyncedInTimeIsTimedOut() {
        createTopic("orders", 1, Map.of());
        var answer = broker().append(new AppendRequest(
                List.of(new AppendRequest.Part(ORDERS_0, 0, SmallBatches.of(1_000, "a"))), Acks.ALL, Duration.ZERO));
        broker.passWithoutSyncing(Duration.ofMillis(200));

        assertThat(refusal(only(await(answer)))).isInstanceOf(Refusal.TimedOut.class);
    }

    @Test
    void aRecordThatIsNotCommittedIsNotFoundByItsTime() {
        createTopic("orders", 1, Map.of());
        append(ORDERS_0, "a");
        var answer = broker().append(appending(SmallBatches.of(9_000, "b")));
        broker.passWithoutSyncing(Duration.ofMillis(1));

        var found = findNow(new ListOffsetsRequest.Target.AtTimestamp(9_000));
        broker.passWithoutSyncing(Duration.ofMillis(1));

        assertThat(done(only(found.resultNow())).offset()).isEqualTo(-1);
        await(answer);
        assertThat(find(ORDERS_0, new ListOffsetsRequest.Target.AtTimestamp(9_000))
                        .offset())
                .isEqualTo(1);
    }

    @Test
    void appendsBeyondTheLimitInFlightAreRefusedAndThenTakenAgain() {
        createTopic("orders", 1, Map.of());
        String half = "x".repeat(600_000);
        var first = broker().append(appending(half));
        var second = broker().append(appending(half));

        assertThat(refusal(only(await(second)))).isInstanceOf(Refusal.Overloaded.class);
        assertThat(done(only(await(first))).baseOffset()).isZero();
        assertThat(done(only(await(broker().append(appending(half))))).baseOffset())
                .isEqualTo(1);
        assertThat(broker.node().appendBytesInFlight()).isZero();
    }

    @Test
    void aBatchLargerThanTheLimitInFlightIsTakenByItself() {
        createTopic("orders", 1, Map.of("max.message.bytes", "3000000"));
        String large = "x".repeat(2_000_000);
        var first = broker().append(appending(large));
        var second = broker().append(appending(large));

        assertThat(refusal(only(await(second)))).isInstanceOf(Refusal.Overloaded.class);
        assertThat(done(only(await(first))).baseOffset()).isZero();
        assertThat(broker.node().appendBytesInFlight()).isZero();
    }

    @Test
    void aFetchSharesItsLimitOutFairly() {
        createTopic("orders", 2, Map.of());
        int size = SmallBatches.of(1_000, "x".repeat(900)).limit();
        for (int i = 0; i < 10; i++) {
            append(ORDERS_0, "x".repeat(900));
            append(ORDERS_1, "x".repeat(900));
        }

        List<Outcome<Fetched>> outcomes = await(broker().fetch(new FetchRequest(
                List.of(fetchPart(ORDERS_0, 0, MUCH), fetchPart(ORDERS_1, 0, MUCH)),
                1,
                6 * size,
                LONG,
                IsolationLevel.READ_UNCOMMITTED)));

        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(valuesIn(done(outcome))).hasSize(3));
    }

    @Test
    void aDirectoryThatCannotBeReadIsNotTakenForEmpty() {
        createTopic("orders", 2, Map.of());
        append(ORDERS_0, "a");
        append(ORDERS_1, "a");
        disk.restart(PowerLoss.LOSES_NOTHING);
        disk.failNext(DiskOperation.READ, "/data/meta.properties");

        broker = newBroker();
        broker.start();
        settle();

        assertThat(refusal(append(ORDERS_0, "b"))).isInstanceOf(Refusal.StorageFailed.class);
        assertThat(done(append(ORDERS_1, "b")).baseOffset()).isEqualTo(1);
    }

    private CompletableFuture<List<Outcome<FoundOffset>>> findNow(ListOffsetsRequest.Target target) {
        var part = new ListOffsetsRequest.Part(ORDERS_0, AppendRequest.ANY_EPOCH, target);
        return broker().listOffsets(new ListOffsetsRequest(List.of(part), IsolationLevel.READ_UNCOMMITTED));
    }

    private static AppendRequest appending(String value) {
        return appending(SmallBatches.of(1_000, value));
    }

    private static AppendRequest appending(ByteBuffer batch) {
        AppendRequest.Part part = new AppendRequest.Part(ORDERS_0, 0, batch);
        return new AppendRequest(List.of(part), Acks.ALL, Duration.ofSeconds(10));
    }

    private List<@Nullable String> failures() {
        List<@Nullable String> failures = new ArrayList<>();
        await(broker().logDirectories()).stream()
                .map(LogDirectoryStatus::failure)
                .forEach(failures::add);
        return failures;
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
