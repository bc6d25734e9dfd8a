package io.millrace.broker.log;

import io.millrace.core.records.BatchCheck;
import io.millrace.core.records.BatchHeader;
import io.millrace.core.records.BatchProblem;
import io.millrace.core.records.RecordBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of the bytes that a leader sent may be appended. A CRC covers neither the base offset nor the leader epoch of a
 * batch, so both are held against what the follower knows.
 */
final class ReceivedBatches {
    private final ByteBuffer bytes;
    private final int leaderEpoch;
    private final List<RecordBatch> sound = new ArrayList<>();
    private int soundBytes;
    private long nextOffset;
    private int lastEpoch;
    private @Nullable ReceivedProblem problem;

    private ReceivedBatches(ByteBuffer bytes, long nextOffset, int lastEpoch, int leaderEpoch) {
        this.bytes = bytes;
        this.nextOffset = nextOffset;
        this.lastEpoch = lastEpoch;
        this.leaderEpoch = leaderEpoch;
    }

    /**
     * Looks at the batches from the buffer's position to its limit, neither of which anybody moves.
     *
     * @param logEnd where the first batch must begin
     * @param latestEpoch of the last batch of the log, or -1
     * @param leaderEpoch on which the leader sent them
     */
    static ReceivedBatches check(ByteBuffer buffer, long logEnd, int latestEpoch, int leaderEpoch) {
        ReceivedBatches received = new ReceivedBatches(buffer.slice(), logEnd, latestEpoch, leaderEpoch);
        received.walk();
        return received;
    }

    private void walk() {
        while (problem == null && hasWholeBatch()) {
            RecordBatch batch = RecordBatch.at(bytes);
            problem = problemOf(batch);
            if (problem == null) {
                sound.add(batch);
                nextOffset = batch.nextOffset();
                lastEpoch = batch.leaderEpoch();
                bytes.position(bytes.position() + batch.sizeInBytes());
                soundBytes = bytes.position();
            }
        }
        if (problem == null && soundBytes == 0 && bytes.hasRemaining()) {
            problem = problem(
                    ReceivedProblem.Kind.DAMAGED,
                    "There is no whole record batch in the " + bytes.remaining() + " bytes sent.");
        }
    }

    /** A last batch that is cut off is nobody's fault; a header that cannot be is. */
    private boolean hasWholeBatch() {
        if (bytes.remaining() < BatchHeader.SIZE) {
            return false;
        }
        Optional<BatchProblem> found = BatchCheck.headerProblem(bytes);
        if (found.isPresent()) {
            problem = problem(ReceivedProblem.Kind.DAMAGED, found.get().message());
            return false;
        }
        return BatchHeader.at(bytes).sizeInBytes() <= bytes.remaining();
    }

    private @Nullable ReceivedProblem problemOf(RecordBatch batch) {
        Optional<BatchProblem> damage = BatchCheck.intact(batch.buffer());
        if (damage.isPresent()) {
            return problem(ReceivedProblem.Kind.DAMAGED, damage.get().message());
        }
        if (batch.baseOffset() != nextOffset) {
            return problem(
                    ReceivedProblem.Kind.NOT_CONTINUOUS,
                    "The record batch begins at offset " + batch.baseOffset() + ", but the log ends at " + nextOffset
                            + ".");
        }
        if (batch.leaderEpoch() < Math.max(lastEpoch, 0) || batch.leaderEpoch() > leaderEpoch) {
            return problem(
                    ReceivedProblem.Kind.IMPOSSIBLE_EPOCH,
                    "The record batch at offset " + nextOffset + " is of leader epoch " + batch.leaderEpoch()
                            + "; the one before it is of epoch " + lastEpoch + ", the leader that sent it of epoch "
                            + leaderEpoch + ".");
        }
        return null;
    }

    private ReceivedProblem problem(ReceivedProblem.Kind kind, String message) {
        return new ReceivedProblem(kind, nextOffset, message);
    }

    /** The batches that may be appended, in order, one behind the other from the start of {@link #source()}. */
    List<RecordBatch> sound() {
        return sound;
    }

    /** Where the batches lie. */
    ByteBuffer source() {
        return bytes;
    }

    int soundBytes() {
        return soundBytes;
    }

    /** What is wrong with the batch behind the sound ones, if anything. */
    Optional<ReceivedProblem> problem() {
        return Optional.ofNullable(problem);
    }
}
