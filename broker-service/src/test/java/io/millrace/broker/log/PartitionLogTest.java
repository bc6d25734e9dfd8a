package io.millrace.broker.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.RecordsSlice;
import io.millrace.core.environment.Disk;
import io.millrace.core.environment.live.FileDisk;
import io.millrace.core.records.RecordBatch;
import io.millrace.core.records.RecordBatches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PartitionLogTest {
    private static final LogOptions SMALL = new LogOptions(1000, 1_000_000, 100, 1000, -1, -1, 60_000);

    private final Disk disk = new FileDisk();

    @TempDir
    Path directory;

    @Test
    void whatWasAppendedIsReadAcrossSegmentsAndRestarts() throws IOException {
        try (PartitionLog log = open()) {
            for (int i = 0; i < 100; i++) {
                log.append(TestBatches.batch(i * 3L, 3), 0);
            }
            assertThat(log.segmentCount()).isGreaterThan(5);
            assertThat(baseOffsets(log, 0)).hasSize(100);
        }
        try (PartitionLog log = open()) {
            assertThat(log.logEndOffset()).isEqualTo(300);
            assertThat(log.durableEndOffset()).isEqualTo(300);
            assertThat(baseOffsets(log, 100)).hasSize(67).startsWith(99L);
            assertThat(log.offsetForTimestamp(1234).orElseThrow().offset()).isEqualTo(124);
            assertThat(log.offsetOfMaxTimestamp().orElseThrow().offset()).isEqualTo(299);
        }
    }

    private PartitionLog open() throws IOException {
        return PartitionLog.open(disk, directory.resolve("t-0"), SMALL, LogObserver.NONE);
    }

    private static List<Long> baseOffsets(PartitionLog log, long from) throws IOException {
        List<Long> found = new ArrayList<>();
        long offset = from;
        while (offset < log.logEndOffset()) {
            RecordsSlice slice = log.read(offset, 300, log.logEndOffset());
            for (RecordBatch batch : RecordBatches.in(slice.read())) {
                found.add(batch.baseOffset());
                offset = batch.nextOffset();
            }
        }
        return found;
    }
}
