package io.millrace.broker.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.ListOffsetsRequest;
import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionStatus;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.contract.BrokerApiQuestions;
import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.environment.simulated.DiskOperation;
import io.millrace.core.environment.simulated.PowerLoss;
import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.core.model.Acks;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an error or a bug ends, and what it leaves alone. */
class BrokerFaultsTest extends BrokerApiQuestions {
    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final MuteController controller = new MuteController();
    private final List<TopicPartition> recovered = new ArrayList<>();
    private boolean buggy;
    private SimulatedBroker broker = newBroker();

    private SimulatedBroker newBroker() {
        return new SimulatedBroker(
                7,
                disk,
                controller,
                new BrokerObserver() {
                    @Override
                    public void appended(TopicPartition partition, int bytes, int records) {
                        if (buggy) {
                            throw new IllegalStateException("a bug");
                        }
                    }

                    @Override
                    public void recovered(TopicPartition partition, long scannedBytes, long cutBytes) {
                        if (scannedBytes > 0) {
                            recovered.add(partition);
                        }
                    }
                },
                SimulatedBroker.DATA,
                SimulatedBroker.MORE_DATA);
    }

    @BeforeEach
    void start() {
        broker.start();
    }

    @Test
    void aFailedSyncOfADeletionOfRecordsEndsTheDirectoryToo() {
        createTopic("orders", 1, Map.of());
        append(ORDERS_0, "a", "b");
        disk.failNext(DiskOperation.SYNC, "log-checkpoint");

        Outcome<PartitionStatus> deleted = delete(ORDERS_0, 1);

        assertThat(refusal(deleted)).isInstanceOf(Refusal.StorageFailed.class);
        assertThat(failures().getFirst()).contains("deletion of records");
    }

    @Test
    void aPlaceThatCannotBeReadIsRefusedAndThePartitionGoesOn() {
        createTopic("orders", 1, Map.of());
        append(ORDERS_0, "a");
        var answer = broker().append(appending("b"));
        broker.passWithoutSyncing(Duration.ofMillis(1));
        disk.failNext(DiskOperation.READ, "/data/orders-0/00000000000000000000.log");

        var found = broker().listOffsets(new ListOffsetsRequest(
                List.of(new ListOffsetsRequest.Part(
                        ORDERS_0, AppendRequest.ANY_EPOCH, new ListOffsetsRequest.Target.AtTimestamp(1))),
                IsolationLevel.READ_UNCOMMITTED));

        assertThat(refusal(only(await(found)))).isInstanceOf(Refusal.StorageFailed.class);
        assertThat(done(only(await(answer))).baseOffset()).isEqualTo(1);
        assertThat(valuesIn(done(fetchNow(ORDERS_0, 0)))).containsExactly("a", "b");
        assertThat(failures()).containsOnlyNulls();
    }

    @Test
    void newTopicsGoToTheDirectoriesThatStillWork() {
        createTopic("orders", 1, Map.of());
        disk.failNext(DiskOperation.SYNC, "/data/orders-0/00000000000000000000.log");
        append(ORDERS_0, "a");

        createTopic("payments", 4, Map.of());

        for (int partition = 0; partition < 4; partition++) {
            assertThat(done(append(new TopicPartition("payments", partition), "b"))
                            .baseOffset())
                    .isZero();
        }
    }

    @Test
    void whatIsInThePageCacheIsMadeDurableNowAndThen() {
        createTopic("orders", 1, Map.of("durability", "page-cache", "retention.ms", "-1"));
        append(ORDERS_0, "a", "b");
        broker.pass(Duration.ofMinutes(6));
        append(ORDERS_0, "c");

        disk.restart(PowerLoss.LOSES_ALL);
        broker = newBroker();
        broker.start();
        settle();

        assertThat(valuesIn(done(fetchNow(ORDERS_0, 0)))).containsExactly("a", "b");
    }

    @Test
    void aBugInAnAppendIsAnsweredAndItsPartitionIsCheckedAtTheNextStart() {
        createTopic("orders", 2, Map.of());
        append(ORDERS_0, "a");
        buggy = true;
        var answer = broker().append(appending("b"));
        assertThatThrownBy(this::settle).hasMessage("a bug");
        buggy = false;

        assertThat(refusal(only(await(answer)))).isInstanceOf(Refusal.StorageFailed.class);
        assertThat(broker.node().appendBytesInFlight()).isZero();
        assertThat(done(append(ORDERS_1, "c")).baseOffset()).isZero();
        await(broker.node().stop(Duration.ofSeconds(1)));
        broker = newBroker();
        broker.start();
        assertThat(recovered).containsExactly(ORDERS_0);
    }

    private static AppendRequest appending(String value) {
        AppendRequest.Part part = new AppendRequest.Part(ORDERS_0, 0, SmallBatches.of(1_000, value));
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
