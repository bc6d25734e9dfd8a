package io.millrace.broker.log;

import io.millrace.core.records.RecordBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * A state in which a log may be found after a crash.
 *
 * @param batches all that was appended, of which the log may hold a prefix
 * @param minStart the log start offset is at least this
 * @param maxStart the log start offset is at most this
 * @param acknowledgedEnd the log end offset is at least this
 */
record PossibleLog(List<RecordBatch> batches, long minStart, long maxStart, long acknowledgedEnd) {
    static final PossibleLog EMPTY = new PossibleLog(List.of(), 0, 0, 0);

    long end() {
        return batches.isEmpty()
                ? maxStart
                : Math.max(maxStart, batches.getLast().nextOffset());
    }

    PossibleLog appended(RecordBatch batch) {
        List<RecordBatch> more = new ArrayList<>(batches);
        more.add(batch);
        return new PossibleLog(more, minStart, maxStart, acknowledgedEnd);
    }

    PossibleLog acknowledged(long end) {
        return new PossibleLog(batches, minStart, maxStart, Math.max(end, acknowledgedEnd));
    }

    PossibleLog starting(long min, long max) {
        return new PossibleLog(batches, Math.max(min, minStart), Math.max(max, maxStart), acknowledgedEnd);
    }

    PossibleLog cutAt(long offset) {
        List<RecordBatch> kept =
                batches.stream().filter(batch -> batch.lastOffset() < offset).toList();
        long end = kept.isEmpty() ? minStart : kept.getLast().nextOffset();
        return new PossibleLog(kept, minStart, maxStart, Math.min(acknowledgedEnd, end));
    }

    PossibleLog promisingOnly(long end) {
        return new PossibleLog(batches, minStart, maxStart, Math.min(acknowledgedEnd, end));
    }

    /** Says whether a log with these edges and batches can be what is left of this. */
    boolean admits(long start, long end, List<RecordBatch> found) {
        List<RecordBatch> expected =
                batches.stream().filter(batch -> batch.nextOffset() > start).toList();
        return start >= minStart
                && start <= maxStart
                && end >= acknowledgedEnd
                && found.size() <= expected.size()
                && expected.subList(0, found.size()).stream()
                        .map(RecordBatch::buffer)
                        .toList()
                        .equals(found.stream().map(RecordBatch::buffer).toList());
    }
}
