package io.millrace.broker.log.bench;

import io.millrace.broker.log.LogObserver;
import io.millrace.broker.log.LogOptions;
import io.millrace.broker.log.PartitionLog;
import io.millrace.broker.storage.DirectoryContents;
import io.millrace.core.environment.live.FileDisk;
import io.millrace.core.records.BatchBuilder;
import io.millrace.core.records.Compression;
import io.millrace.core.records.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** A log on the disk that holds the working directory, or the one that the property {@code bench.dir} names. */
final class BenchLog implements AutoCloseable {
    private static final LogOptions OPTIONS =
            new LogOptions(256 << 20, Long.MAX_VALUE, 4096, 10 << 20, LogOptions.UNLIMITED, 512 << 20, 0);
    private static final int RECORD_OVERHEAD_BYTES = 90;

    private final Path directory;
    private final RecordBatch batch;
    private final PartitionLog log;

    BenchLog(int batchBytes) throws IOException {
        Path parent = Files.createDirectories(
                Path.of(System.getProperty("bench.dir", "target/bench")).toAbsolutePath());
        this.directory = Files.createTempDirectory(parent, "log-");
        this.batch = batchOf(batchBytes);
        this.log = PartitionLog.open(new FileDisk(), directory.resolve("bench-0"), OPTIONS, LogObserver.NONE);
    }

    PartitionLog log() {
        return log;
    }

    /** Appends the same content at the end. */
    long append() throws IOException {
        batch.assign(log.logEndOffset(), 0);
        log.append(batch, 0);
        return log.logEndOffset();
    }

    /** Keeps the disk from filling up. */
    void retain() throws IOException {
        log.deleteOldSegments(0, log.logEndOffset());
    }

    void sync() throws IOException {
        var pending = log.pendingSync().orElseThrow();
        pending.run();
        log.syncedUpTo(pending.endOffset());
    }

    @Override
    public void close() throws IOException {
        log.close();
        new DirectoryContents(new FileDisk(), directory).delete(directory.resolve("bench-0"));
        Files.delete(directory);
    }

    /** Records of 1 KiB that no compression would help, as many as there is room for. */
    private static RecordBatch batchOf(int bytes) {
        BatchBuilder builder = new BatchBuilder(Compression.NONE, bytes);
        byte[] value = new byte[Math.min(1024, bytes) - RECORD_OVERHEAD_BYTES];
        new Random(1).nextBytes(value);
        boolean fits = true;
        while (fits) {
            fits = builder.append(1_700_000_000_000L, null, ByteBuffer.wrap(value), List.of());
        }
        ByteBuffer built = builder.build();
        return RecordBatch.at(
                ByteBuffer.allocateDirect(built.remaining()).put(built).flip());
    }
}
