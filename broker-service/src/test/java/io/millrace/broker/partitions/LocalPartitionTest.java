package io.millrace.broker.partitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.log.producers.ProducerLimits;
import io.millrace.broker.replication.follower.LeaderLinks;
import io.millrace.broker.replication.follower.LinkObserver;
import io.millrace.broker.replication.follower.LinkSurroundings;
import io.millrace.broker.replication.leader.KnownBrokers;
import io.millrace.broker.storage.LogDirectory;
import io.millrace.broker.storage.StorageObserver;
import io.millrace.core.api.HeldReplica;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaPeers;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.core.metadata.TopicOptions;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalPartitionTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final Path DATA = Path.of("/data");

    private final ManualClock clock = new ManualClock();
    private final ManualEventLoop loop = new ManualEventLoop(clock);
    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final LogDirectory home =
            new LogDirectory(DATA, disk, clock, loop, loop::post, StorageObserver.NONE, failed -> {});
    private final LocalPartition partition = new LocalPartition(
            ORDERS,
            new TopicId(new UUID(0, 1)),
            home,
            new PartitionSurroundings(
                    loop,
                    loop::post,
                    clock,
                    PartitionObserver.NONE,
                    nowNanos -> null,
                    new LeaderSurroundings(
                            () -> KnownBrokers.NONE, (topic, number, wish, answerTo) -> {}, Duration.ofSeconds(10)),
                    new LeaderLinks(
                            new LinkSurroundings(0, () -> 1, ReplicaPeers.NONE, List.of(loop), LinkObserver.NONE)),
                    (reason, topic, number) -> CompletableFuture.completedFuture(true),
                    ProducerLimits.DEFAULTS),
            TopicOptions.of(Map.of()));

    @BeforeEach
    void createDirectory() throws IOException {
        disk.createDirectories(DATA);
    }

    @Test
    void whoeverAsksALogThatTakesLongToOpenIsSentAway() {
        CompletableFuture<Outcome<HeldReplica>> asked = new PartitionQuestions(partition).held();
        loop.runUntilIdle();

        clock.advance(LocalPartition.OPENING_WAIT_MAX);
        loop.runUntilIdle();

        assertThat(asked.resultNow()).isEqualTo(Outcome.refused(new Refusal.LeaderNotAvailable(ORDERS)));
    }

    @Test
    void whoeverAsksALogThatOpensSoonIsAnswered() {
        CompletableFuture<Outcome<HeldReplica>> asked = new PartitionQuestions(partition).held();
        loop.runUntilIdle();
        assertThat(asked).isNotDone();

        var _ = partition.open(null, 0);
        loop.runUntilIdle();

        assertThat(asked.resultNow()).isEqualTo(Outcome.done(new HeldReplica(ORDERS, 0, 0)));
    }

    @Test
    void aCloseWaitsForTheLogHoweverLongItTakesToOpen() {
        CompletableFuture<Void> closed = partition.close(new Refusal.ShuttingDown("The broker is stopping."));
        loop.runUntilIdle();
        clock.advance(LocalPartition.OPENING_WAIT_MAX.multipliedBy(10));
        loop.runUntilIdle();
        assertThat(closed).isNotDone();

        var _ = partition.open(null, 0);
        loop.runUntilIdle();

        assertThat(closed).isDone();
    }
}
