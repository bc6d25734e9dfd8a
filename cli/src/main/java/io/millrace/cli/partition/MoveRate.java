package io.millrace.cli.partition;

import io.millrace.v1.ReassignmentProgress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** How fast each move goes, from one look to the next. */
final class MoveRate {
    private Map<String, Progress> before = Map.of();
    private long beforeNanos;

    /**
     * How far a move is.
     *
     * @param bytesPerSecond between the latest two looks, when there were two
     */
    record Progress(long bytesDone, long bytesTotal, OptionalLong bytesPerSecond) {
        private static final int WHOLE = 100;

        static Progress of(ReassignmentProgress move) {
            long done = move.getAddedList().stream()
                    .mapToLong(added -> added.getBytesDone())
                    .sum();
            long total = move.getAddedList().stream()
                    .mapToLong(added -> added.getBytesTotal())
                    .sum();
            return new Progress(done, total, OptionalLong.empty());
        }

        long percent() {
            return bytesTotal == 0 ? 0 : WHOLE * bytesDone / bytesTotal;
        }

        /** The time that is left at that rate, or nothing while it does not move. */
        OptionalLong secondsLeft() {
            return bytesPerSecond.isPresent() && bytesPerSecond.getAsLong() > 0
                    ? OptionalLong.of(Math.ceilDiv(bytesTotal - bytesDone, bytesPerSecond.getAsLong()))
                    : OptionalLong.empty();
        }
    }

    /** Takes a look, and tells of each move how far it is. */
    Map<String, Progress> look(Iterable<ReassignmentProgress> moves, long nowNanos) {
        Map<String, Progress> now = new LinkedHashMap<>();
        for (ReassignmentProgress move : moves) {
            String name = Name.of(move.getPartition());
            Progress progress = Progress.of(move);
            Progress earlier = before.get(name);
            now.put(
                    name,
                    earlier == null || nowNanos == beforeNanos
                            ? progress
                            : new Progress(
                                    progress.bytesDone(),
                                    progress.bytesTotal(),
                                    OptionalLong.of(rate(earlier, progress, nowNanos - beforeNanos))));
        }
        before = now;
        beforeNanos = nowNanos;
        return now;
    }

    private static long rate(Progress earlier, Progress now, long nanos) {
        double seconds = (double) nanos / Duration.ofSeconds(1).toNanos();
        return Math.max(0, Math.round((now.bytesDone() - earlier.bytesDone()) / seconds));
    }
}
