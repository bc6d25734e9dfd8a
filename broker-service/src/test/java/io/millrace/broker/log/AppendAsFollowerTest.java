package io.millrace.broker.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.environment.DiskFile;
import io.millrace.core.environment.simulated.DiskOperation;
import io.millrace.core.environment.simulated.InjectedFailureException;
import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.core.records.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A follower's log takes what its leader sent, and nothing else. */
final class AppendAsFollowerTest {
    private static final Path LEADER = Path.of("/data/leader-0");
    private static final Path FOLLOWER = Path.of("/data/follower-0");
    private static final LogOptions SMALL = new LogOptions(3000, 1_000_000, 150, 200, -1, -1, 1000);
    private static final int LEADER_EPOCH = 9;

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private PartitionLog log;

    @BeforeEach
    void open() throws IOException {
        disk.createDirectories(Path.of("/data"));
        log = open(FOLLOWER);
    }

    @Test
    void batchesKeepTheirOffsetsAndEpochsAndALastOneThatIsCutOffIsIgnored() throws IOException {
        RecordBatch cutOff = TestBatches.batch(5, 2);
        ByteBuffer sent = join(TestBatches.batch(0, 3, 0, 2), TestBatches.batch(3, 2, 0, 4), cutOff);
        sent.limit(sent.limit() - 1);

        AppendedAsFollower done = log.appendAsFollower(sent, LEADER_EPOCH, 0);

        assertThat(done).isEqualTo(new AppendedAsFollower(2, done.bytes(), 5, done.problem()));
        assertThat(done.problem()).isEmpty();
        assertThat(done.bytes()).isEqualTo(sent.remaining() + 1 - cutOff.sizeInBytes());
        assertThat(sent.position()).isZero();
        assertThat(log.epochAt(2)).hasValue(2);
        assertThat(log.latestEpoch()).hasValue(4);
        LogInspection.check(log);
    }

    @Test
    void nothingSentIsNothingAppended() throws IOException {
        assertThat(log.appendAsFollower(ByteBuffer.allocate(0), LEADER_EPOCH, 0))
                .isEqualTo(new AppendedAsFollower(0, 0, 0, Optional.empty()));
    }

    @Test
    void bytesWithoutAWholeBatchAreDamageAsTheFirstIsAlwaysSentWhole() throws IOException {
        ByteBuffer half = join(TestBatches.batch(0, 3));

        assertProblem(half.limit(half.limit() - 1), 0, ReceivedProblem.Kind.DAMAGED);
        assertProblem(half.limit(20), 0, ReceivedProblem.Kind.DAMAGED);
    }

    @Test
    void aBatchWhoseCrcDoesNotHoldStopsTheAppendAndThoseBeforeItStay() throws IOException {
        RecordBatch damaged = TestBatches.batch(3, 2);
        damaged.buffer().put(70, (byte) ~damaged.buffer().get(70));

        assertProblem(join(TestBatches.batch(0, 3), damaged, TestBatches.batch(5, 1)), 3, ReceivedProblem.Kind.DAMAGED);
    }

    @Test
    void bytesThatAreNoHeaderStopTheAppend() throws IOException {
        ByteBuffer sent = join(TestBatches.batch(0, 3), TestBatches.batch(3, 2));
        sent.put(TestBatches.batch(0, 3).sizeInBytes() + 16, (byte) 1);

        assertProblem(sent, 3, ReceivedProblem.Kind.DAMAGED);
    }

    @Test
    void aGapAndAnOverlapAreNotContinuous() throws IOException {
        assertProblem(join(TestBatches.batch(0, 3), TestBatches.batch(4, 2)), 3, ReceivedProblem.Kind.NOT_CONTINUOUS);
        assertProblem(join(TestBatches.batch(2, 3)), 3, ReceivedProblem.Kind.NOT_CONTINUOUS);
    }

    @Test
    void epochsNeitherFallNorRiseAboveTheLeaders() throws IOException {
        assertProblem(
                join(TestBatches.batch(0, 3, 0, 5), TestBatches.batch(3, 2, 0, 4)),
                3,
                ReceivedProblem.Kind.IMPOSSIBLE_EPOCH);
        assertProblem(join(TestBatches.batch(3, 2, 0, 4)), 3, ReceivedProblem.Kind.IMPOSSIBLE_EPOCH);
        assertProblem(join(TestBatches.batch(3, 2, 0, 10)), 3, ReceivedProblem.Kind.IMPOSSIBLE_EPOCH);
        assertThat(log.appendAsFollower(join(TestBatches.batch(3, 2, 0, 9)), LEADER_EPOCH, 0)
                        .logEndOffset())
                .isEqualTo(5);
    }

    @Test
    void aRunOfBatchesIsOneWrite() throws IOException {
        log.appendAsFollower(join(TestBatches.batch(0, 1)), LEADER_EPOCH, 0);
        long before = disk.operations();

        log.appendAsFollower(
                join(TestBatches.batch(1, 1), TestBatches.batch(2, 1), TestBatches.batch(3, 1)), LEADER_EPOCH, 0);

        assertThat(disk.operations() - before).isEqualTo(1);
    }

    @Test
    void aWriteThatFailsEndsTheLogWithoutHalfOfARun() throws IOException {
        log.appendAsFollower(join(TestBatches.batch(0, 3)), LEADER_EPOCH, 0);
        disk.failNext(DiskOperation.WRITE, ".log");

        assertThatThrownBy(() ->
                        log.appendAsFollower(join(TestBatches.batch(3, 3), TestBatches.batch(6, 3)), LEADER_EPOCH, 0))
                .isInstanceOf(InjectedFailureException.class);

        assertThat(log.logEndOffset()).isEqualTo(3);
        log.close();
        assertThat(open(FOLLOWER).logEndOffset()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void theFilesAreTheLeadersWhateverIsSentOnTheWay(long seed) throws IOException {
        Random random = new Random(seed);
        try (PartitionLog leader = open(LEADER)) {
            fill(leader, random, 40 + random.nextInt(100));
            while (log.logEndOffset() < leader.logEndOffset()) {
                ByteBuffer sent = leader.read(log.logEndOffset(), random.nextInt(4000), Long.MAX_VALUE)
                        .read();
                if (random.nextInt(3) == 0) {
                    disturb(sent, random);
                }
                log.appendAsFollower(sent, LEADER_EPOCH, 0);
            }
            assertThat(LogInspection.batches(log, 1000).stream().map(RecordBatch::buffer))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(LogInspection.batches(leader, 1000).stream()
                            .map(RecordBatch::buffer)
                            .toList());
            LogInspection.check(log);
        }
        log.close();
        assertThat(segmentFiles(FOLLOWER)).as("seed %d", seed).isEqualTo(segmentFiles(LEADER));
    }

    /** Anywhere but in a leader epoch, which nothing protects on the way and which may be possible by chance. */
    private static void disturb(ByteBuffer sent, Random random) {
        switch (random.nextInt(3)) {
            case 0 -> sent.limit(random.nextInt(sent.limit()));
            case 1 -> sent.position(random.nextInt(sent.limit()));
            default -> {
                int at = random.nextInt(RecordBatch.at(sent).sizeInBytes());
                if (at < 12 || at > 15) {
                    sent.put(at, (byte) (sent.get(at) ^ (1 << random.nextInt(8))));
                }
            }
        }
    }

    private static void fill(PartitionLog leader, Random random, int batches) throws IOException {
        int epoch = 0;
        for (int i = 0; i < batches; i++) {
            epoch = Math.min(LEADER_EPOCH, epoch + random.nextInt(8) / 7);
            int padding = random.nextInt(10) == 0 ? 3000 : random.nextInt(60);
            leader.append(TestBatches.batch(leader.logEndOffset(), 1 + random.nextInt(4), padding, epoch), 0);
        }
    }

    private void assertProblem(ByteBuffer sent, long logEnd, ReceivedProblem.Kind kind) throws IOException {
        AppendedAsFollower done = log.appendAsFollower(sent, LEADER_EPOCH, 0);
        assertThat(done.logEndOffset()).isEqualTo(log.logEndOffset()).isEqualTo(logEnd);
        assertThat(done.problem().orElseThrow().kind()).isEqualTo(kind);
        assertThat(done.problem().orElseThrow().offset()).isEqualTo(logEnd);
        LogInspection.check(log);
    }

    private Map<String, ByteBuffer> segmentFiles(Path directory) throws IOException {
        Map<String, ByteBuffer> files = new TreeMap<>();
        for (String name : disk.list(directory)) {
            if (name.matches("\\d{20}\\..*")) {
                try (DiskFile file = disk.open(directory.resolve(name))) {
                    ByteBuffer content = ByteBuffer.allocate((int) file.size());
                    file.read(content, 0);
                    files.put(name, content.flip());
                }
            }
        }
        return files;
    }

    private static ByteBuffer join(RecordBatch... batches) {
        int bytes = List.of(batches).stream().mapToInt(RecordBatch::sizeInBytes).sum();
        ByteBuffer joined = ByteBuffer.allocate(bytes);
        for (RecordBatch batch : batches) {
            joined.put(batch.buffer());
        }
        return joined.flip();
    }

    private PartitionLog open(Path directory) throws IOException {
        return PartitionLog.open(disk, directory, SMALL, LogObserver.NONE);
    }
}
