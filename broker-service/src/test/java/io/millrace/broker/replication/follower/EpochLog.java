package io.millrace.broker.replication.follower;

import io.millrace.broker.log.LogObserver;
import io.millrace.broker.log.LogOptions;
import io.millrace.broker.log.PartitionLog;
import io.millrace.broker.log.PendingSync;
import io.millrace.core.api.ReplicaPull;
import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.core.records.BatchBuilder;
import io.millrace.core.records.Compression;
import io.millrace.core.records.RecordBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A log whose batches of one record each are told by their epochs: what a leader of epoch e wrote says e and its offset. */
final class EpochLog {
    static final int MUCH = 1 << 20;

    private final PartitionLog log;

    EpochLog() {
        try {
            SimulatedDisk disk = new SimulatedDisk(1);
            disk.createDirectories(Path.of("/data"));
            log = PartitionLog.open(disk, Path.of("/data/orders-0"), LogOptions.DEFAULTS, new LogObserver() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A log with as many batches of one record as there are epochs named. */
    static EpochLog of(int... epochs) {
        EpochLog log = new EpochLog();
        for (int epoch : epochs) {
            log.append(epoch);
        }
        log.sync();
        return log;
    }

    static RecordBatch batch(long baseOffset, int epoch, int records) {
        BatchBuilder builder = new BatchBuilder(Compression.NONE, MUCH);
        for (int record = 0; record < records; record++) {
            builder.append(0, null, ByteBuffer.allocate(8).putInt(0, epoch).putInt(4, (int) baseOffset), List.of());
        }
        RecordBatch batch = RecordBatch.at(builder.build());
        batch.assign(baseOffset, epoch);
        return batch;
    }

    PartitionLog log() {
        return log;
    }

    void append(int epoch) {
        append(epoch, 1);
    }

    void append(int epoch, int records) {
        try {
            log.append(batch(log.logEndOffset(), epoch, records), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void sync() {
        try {
            Optional<PendingSync> pending = log.pendingSync();
            if (pending.isPresent()) {
                pending.get().run();
                log.syncedUpTo(pending.get().endOffset());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void deleteBefore(long offset) {
        try {
            log.advanceStart(offset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LogEdges edges() {
        return new LogEdges(
                log.logStartOffset(),
                log.logEndOffset(),
                log.durableEndOffset(),
                log.latestEpoch().orElse(ReplicaPull.NO_EPOCH));
    }

    /** The epoch of each offset from the log start on. */
    List<Integer> epochs() {
        return epochsFrom(log.logStartOffset());
    }

    List<Integer> epochsFrom(long start) {
        List<Integer> epochs = new ArrayList<>();
        for (long offset = start; offset < log.logEndOffset(); offset++) {
            epochs.add(log.epochAt(offset).orElse(ReplicaPull.NO_EPOCH));
        }
        return epochs;
    }

    /** All bytes from the log start on. */
    ByteBuffer bytes() {
        return bytesFrom(log.logStartOffset());
    }

    ByteBuffer bytesFrom(long offset) {
        try {
            return log.read(offset, Integer.MAX_VALUE, log.logEndOffset()).read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
