package io.millrace.gateway.read;

import io.millrace.core.api.Fetched;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.DecompressionLimitException;
import io.millrace.core.records.InvalidBatchException;
import io.millrace.core.records.LogRecord;
import io.millrace.core.records.RecordBatch;
import io.millrace.core.records.RecordBatches;
import io.millrace.gateway.routing.BrokerRetry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way through one partition, record by record: skips what lies before the position and what no client sees, and stops
 * at the end. Batches are decompressed when they are reached. Confined to one page.
 */
final class PartitionScan {
    private static final long RETRY_AFTER_MILLIS = 100;

    private final TopicPartition partition;
    private final long end;
    private final DecompressionRoom room;
    private long offset;
    private int leaderEpoch;
    private long bytesScanned;
    private @Nullable Fetched edges;
    private @Nullable Refusal problem;
    private Iterator<RecordBatch> batches = Collections.emptyIterator();
    private @Nullable RecordBatch batch;
    private DecompressionRoom.@Nullable OpenBatch records;
    private boolean lacksRoom;
    private @Nullable LogRecord next;

    /**
     * Starts at the position.
     *
     * @param end the first offset that is not wanted, or Long.MAX_VALUE
     */
    PartitionScan(Position from, long end, DecompressionRoom room) {
        this.partition = from.partition();
        this.offset = from.offset();
        this.leaderEpoch = from.leaderEpoch();
        this.end = end;
        this.room = room;
    }

    TopicPartition partition() {
        return partition;
    }

    /** Behind the last record taken. */
    Position position() {
        return new Position(partition, offset, leaderEpoch);
    }

    long bytesScanned() {
        return bytesScanned;
    }

    /** Why nothing came of this partition the last time, if so. */
    @Nullable
    Refusal problem() {
        return problem;
    }

    /** Says whether the problem, if there is one, may be over soon. */
    boolean problemPasses() {
        return lacksRoom || (problem != null && BrokerRetry.passes(problem));
    }

    /** Says whether the end that the request names has been reached. */
    boolean hasEnded() {
        return offset >= end;
    }

    /** Offsets up to the end, as far as that is known. */
    long recordsToEnd(IsolationLevel isolation) {
        if (edges == null) {
            return 0;
        }
        long limit = isolation == IsolationLevel.READ_COMMITTED ? edges.lastStableOffset() : edges.highWatermark();
        return Math.max(0, Math.min(limit, end) - offset);
    }

    boolean isAtEnd(IsolationLevel isolation) {
        return hasEnded() || (edges != null && problem == null && recordsToEnd(isolation) == 0);
    }

    PartitionEdges edges() {
        Fetched known = edges;
        return known == null
                ? new PartitionEdges(partition, -1, -1, -1, Optional.ofNullable(problem))
                : new PartitionEdges(
                        partition,
                        known.logStartOffset(),
                        known.lastStableOffset(),
                        known.highWatermark(),
                        Optional.ofNullable(problem));
    }

    /** Takes what was fetched from the position on; reads from disk. */
    void offer(Fetched fetched) {
        edges = fetched;
        problem = null;
        lacksRoom = false;
        try {
            ByteBuffer bytes = fetched.records().read();
            batches = RecordBatches.in(bytes).iterator();
        } catch (IOException e) {
            fail(new Refusal.StorageFailed("Partition " + partition + " cannot be read at offset " + offset + "."));
        }
    }

    /** Notes that nothing came. */
    void fail(Refusal refusal) {
        problem = refusal;
        lacksRoom = false;
        forget();
    }

    /** The record at the position, or null when none is at hand. */
    @Nullable
    LogRecord peek() {
        try {
            while (next == null && !hasEnded() && (hasRecords() || openBatch())) {
                if (hasRecords()) {
                    LogRecord candidate = Objects.requireNonNull(records).next();
                    next = candidate.offset() < offset ? null : candidate;
                } else {
                    passBatch();
                }
            }
        } catch (DecompressionLimitException e) {
            fail(new Refusal.CorruptBatch("Partition " + partition + " has a batch at offset " + offset
                    + " that is not read: " + e.getMessage() + " That is millrace.gateway.read.max-decompressed."));
        } catch (InvalidBatchException e) {
            fail(new Refusal.CorruptBatch(
                    "Partition " + partition + " has a damaged batch at offset " + offset + ": " + e.getMessage()));
        }
        if (next != null && next.offset() >= end) {
            offset = end;
            forget();
        }
        return next;
    }

    /** The record that was peeked at, for good. */
    ReadRecord take() {
        LogRecord found = Objects.requireNonNull(next);
        RecordBatch from = Objects.requireNonNull(batch);
        LogRecord taken = Objects.requireNonNull(records).outlivedByRecords() ? found : OwnRecord.of(found);
        offset = taken.offset() + 1;
        leaderEpoch = from.leaderEpoch();
        next = null;
        if (!hasRecords()) {
            passBatch();
        }
        return new ReadRecord(partition, leaderEpoch, from.timestampType(), taken);
    }

    /** Lets go of what is at hand. */
    void forget() {
        batches = Collections.emptyIterator();
        closeBatch();
        next = null;
    }

    private boolean hasRecords() {
        return records != null && records.hasNext();
    }

    /** Opens the next batch that reaches the position; false when there is none, or no room for it. */
    private boolean openBatch() {
        passBatch();
        while (batches.hasNext()) {
            RecordBatch candidate = batches.next();
            if (candidate.nextOffset() > offset) {
                return open(candidate);
            }
        }
        return false;
    }

    private boolean open(RecordBatch candidate) {
        if (!candidate.crcHolds()) {
            throw new InvalidBatchException("its checksum does not hold");
        }
        if (!candidate.isControl()) {
            records = room.open(candidate);
            if (records == null) {
                fail(new Refusal.Overloaded(
                        "This gateway has decompressed as much at once as it may (" + room.limit() + " bytes).",
                        RETRY_AFTER_MILLIS));
                lacksRoom = true;
                return false;
            }
        }
        batch = candidate;
        bytesScanned += candidate.sizeInBytes();
        return true;
    }

    /** The last offsets of a batch may have no record any more; the position goes behind them nevertheless. */
    private void passBatch() {
        if (batch != null) {
            offset = Math.max(offset, Math.min(batch.nextOffset(), end));
            leaderEpoch = batch.leaderEpoch();
            closeBatch();
        }
    }

    private void closeBatch() {
        if (records != null) {
            records.close();
        }
        records = null;
        batch = null;
    }
}
