package io.millrace.broker.log.cleanup;

import io.millrace.broker.log.segment.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a log keeps its segments.
 *
 * @param millis age of a segment's greatest timestamp above which it goes, or negative for no limit; segments without
 *     timestamps have no age
 * @param bytes of the log, kept at least as far as whole segments allow, or negative for no limit
 */
public record Retention(long millis, long bytes) {
    /**
     * The segments that go: the oldest ones, each wholly before the log start offset, too old, or beyond the size; none
     * that reaches the limit offset.
     */
    public List<Segment> expired(List<Segment> oldestFirst, long logStartOffset, long limitOffset, long nowMillis) {
        long excess = oldestFirst.stream().mapToLong(Segment::sizeInBytes).sum() - bytes;
        List<Segment> expired = new ArrayList<>();
        for (Segment segment : oldestFirst) {
            boolean beforeStart = segment.nextOffset() <= logStartOffset;
            boolean tooOld = millis >= 0 && segment.maxTimestamp() >= 0 && nowMillis - segment.maxTimestamp() > millis;
            boolean tooMuch = bytes >= 0 && excess >= segment.sizeInBytes();
            if (segment.sizeInBytes() == 0
                    || segment.nextOffset() > limitOffset
                    || !(beforeStart || tooOld || tooMuch)) {
                break;
            }
            expired.add(segment);
            excess -= segment.sizeInBytes();
        }
        return expired;
    }
}
