package io.millrace.broker.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.api.RecordsSlice;
import io.millrace.core.environment.simulated.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ten segments of one record each; record n has timestamp n * 1000, and its segment 1000-odd bytes. */
final class RetentionTest {
    private static final Path DIRECTORY = Path.of("/data/t-0");
    private static final long HIGH_WATERMARK = 10;

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private PartitionLog log;

    @BeforeEach
    void fill() throws IOException {
        disk.createDirectories(Path.of("/data"));
        log = PartitionLog.open(disk, DIRECTORY, keeping(-1, -1), LogObserver.NONE);
        for (int i = 0; i < 10; i++) {
            log.append(TestBatches.at(i, i * 1000L, 1000), 0);
        }
    }

    @Test
    void withoutLimitsNothingGoes() throws IOException {
        assertThat(log.deleteOldSegments(Long.MAX_VALUE, HIGH_WATERMARK)).isZero();
    }

    @Test
    void segmentsOlderThanTheTimeGo() throws IOException {
        log.configure(keeping(5000, -1));

        assertThat(log.deleteOldSegments(8001, HIGH_WATERMARK)).isEqualTo(4);

        assertThat(log.logStartOffset()).isEqualTo(4);
        LogInspection.check(log);
    }

    @Test
    void segmentsBeyondTheSizeGoAndNeverMoreThanThat() throws IOException {
        long size = log.sizeInBytes();
        log.configure(keeping(-1, size * 7 / 10 + 10));

        log.deleteOldSegments(0, HIGH_WATERMARK);

        assertThat(log.logStartOffset()).isEqualTo(2);
    }

    @Test
    void nothingThatReachesTheHighWatermarkGoes() throws IOException {
        log.configure(keeping(0, 0));

        log.deleteOldSegments(Long.MAX_VALUE, 3);

        assertThat(log.logStartOffset()).isEqualTo(3);
    }

    @Test
    void theActiveSegmentGoesToo() throws IOException {
        log.configure(keeping(0, -1));

        log.deleteOldSegments(100_000, HIGH_WATERMARK);

        assertThat(log.logStartOffset()).isEqualTo(10);
        assertThat(log.sizeInBytes()).isZero();
        log.append(TestBatches.at(10, 100_000, 0), 0);
        LogInspection.check(log);
    }

    @Test
    void slicesOfDeletedSegmentsStayReadableForTheDelay() throws IOException {
        RecordsSlice slice = log.read(0, 1, HIGH_WATERMARK);
        log.configure(keeping(5000, -1));
        log.deleteOldSegments(8001, HIGH_WATERMARK);
        assertThat(disk.list(DIRECTORY)).contains("00000000000000000000.log.deleted");

        log.deleteOldSegments(8001 + 59_999, 0);
        assertThat(slice.read().remaining()).isEqualTo(slice.sizeInBytes());

        log.deleteOldSegments(8001 + 60_000, 0);
        assertThat(disk.list(DIRECTORY)).noneMatch(name -> name.endsWith(".deleted"));
        assertThatThrownBy(slice::read).isInstanceOf(IOException.class);
    }

    @Test
    void aDelayWithoutEndKeepsFilesForEver() throws IOException {
        RecordsSlice slice = log.read(0, 1, HIGH_WATERMARK);
        log.configure(new LogOptions(1000, Long.MAX_VALUE, 4096, 1000, 5000, -1, Long.MAX_VALUE));

        log.deleteOldSegments(8001, HIGH_WATERMARK);
        log.deleteOldSegments(1_000_000, 0);

        assertThat(slice.read().remaining()).isEqualTo(slice.sizeInBytes());
    }

    @Test
    void filesAreNotClosedUnderASync() throws IOException {
        log.configure(keeping(5000, -1));
        PendingSync pending = log.pendingSync().orElseThrow();
        log.deleteOldSegments(8001, HIGH_WATERMARK);
        log.deleteOldSegments(1_000_000, 0);

        pending.run();

        assertThat(log.syncedUpTo(HIGH_WATERMARK)).isEqualTo(HIGH_WATERMARK);
    }

    @Test
    void whatARunLeftToBeDeletedTheNextOneDeletes() throws IOException {
        log.configure(keeping(5000, -1));
        log.deleteOldSegments(8001, HIGH_WATERMARK);
        log.close();

        log = PartitionLog.open(disk, DIRECTORY, keeping(-1, -1), LogObserver.NONE);

        assertThat(disk.list(DIRECTORY)).noneMatch(name -> name.endsWith(".deleted"));
        assertThat(log.logStartOffset()).isEqualTo(4);
    }

    private static LogOptions keeping(long millis, long bytes) {
        return new LogOptions(1000, Long.MAX_VALUE, 4096, 1000, millis, bytes, 60_000);
    }
}
