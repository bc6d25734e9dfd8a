package io.millrace.broker.log;

import io.millrace.core.environment.Disk;
import io.millrace.core.records.RecordBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A log's life in a few dozen steps, and after each of them, also those that a loss of power broke off, the states in
 * which the log may be found.
 */
final class LogWorkload {
    static final Path DIRECTORY = Path.of("/data/orders-0");
    static final LogOptions OPTIONS = new LogOptions(1000, 1_000_000, 150, 1000, -1, -1, 1000);

    private final Disk disk;
    private List<PossibleLog> possible = List.of(PossibleLog.EMPTY);
    private long nowMillis;
    private int epoch = 1;

    LogWorkload(Disk disk) {
        this.disk = disk;
    }

    /** What a recovered log must be one of. */
    List<PossibleLog> possible() {
        return possible;
    }

    void run() throws IOException {
        try (PartitionLog log = open()) {
            append(log, 3);
            sync(log);
            append(log, 12);
            syncWhileAppending(log, 6);
            deleteRecords(log, 17);
            append(log, 8);
            epoch++;
            append(log, 2);
        }
        try (PartitionLog log = open()) {
            append(log, 4);
            cut(log, log.logEndOffset() - 7);
            epoch++;
            append(log, 9);
            sync(log);
            deleteRecords(log, 40);
            retain(log);
            append(log, 5);
            cut(log, log.logStartOffset() + 20);
            epoch++;
            append(log, 6);
            sync(log);
            retain(log);
        }
        try (PartitionLog log = open()) {
            restart(log, log.logEndOffset() + 100);
            append(log, 10);
            sync(log);
            append(log, 3);
        }
    }

    private PartitionLog open() throws IOException {
        return PartitionLog.open(disk, DIRECTORY, OPTIONS, LogObserver.NONE);
    }

    private void append(PartitionLog log, int batches) throws IOException {
        for (int i = 0; i < batches; i++) {
            long base = log.logEndOffset();
            int padding = base % 5 == 4 ? 1300 : (int) (base * 37 % 200);
            RecordBatch batch = TestBatches.batch(base, 1 + (int) (base % 3), padding, epoch);
            possible = List.of(state().appended(batch));
            log.append(batch, nowMillis++);
        }
    }

    private void sync(PartitionLog log) throws IOException {
        syncWhileAppending(log, 0);
    }

    private void syncWhileAppending(PartitionLog log, int batches) throws IOException {
        PendingSync pending = log.pendingSync().orElseThrow();
        append(log, batches);
        pending.run();
        log.syncedUpTo(pending.endOffset());
        possible = List.of(state().acknowledged(log.durableEndOffset()));
    }

    private void deleteRecords(PartitionLog log, long offset) throws IOException {
        possible = List.of(state().starting(0, offset));
        log.advanceStart(offset);
        possible = List.of(state().starting(offset, offset));
    }

    private void retain(PartitionLog log) throws IOException {
        nowMillis += 2000;
        log.deleteOldSegments(nowMillis, log.durableEndOffset());
    }

    private void cut(PartitionLog log, long offset) throws IOException {
        PossibleLog after = state().cutAt(offset);
        possible = List.of(state().promisingOnly(after.end()), after);
        log.truncateTo(offset, nowMillis);
        possible = List.of(after);
    }

    private void restart(PartitionLog log, long offset) throws IOException {
        PossibleLog after = new PossibleLog(List.of(), offset, offset, offset);
        possible = List.of(state().promisingOnly(0).starting(0, state().end()), after);
        log.restartAt(offset, nowMillis);
        possible = List.of(after);
    }

    private PossibleLog state() {
        return possible.getLast();
    }
}
