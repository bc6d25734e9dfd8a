package io.millrace.cli.partition;

import io.millrace.cli.session.Io;
import io.millrace.cli.session.Session;
import io.millrace.v1.ReassignmentProgress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Waits for moves to end, with a bar for a person at a terminal. */
final class MoveWait {
    private static final int COLUMNS = 79;

    private MoveWait() {}

    /** Returns when none of the partitions is being moved any more, or the process is to end. */
    static void until(Session session, Set<String> names, Duration interval) {
        try (ProgressBar bar = bar(session.io())) {
            List<ReassignmentProgress> left = left(session, names);
            while (!left.isEmpty()) {
                show(bar, left);
                if (!Pause.of(interval)) {
                    return;
                }
                left = left(session, names);
            }
            if (bar != null) {
                bar.stepTo(bar.getMax());
            }
        }
    }

    private static List<ReassignmentProgress> left(Session session, Set<String> names) {
        return session.ask(connection -> PartitionStatus.moves(connection, "")).stream()
                .filter(move -> names.contains(Name.of(move.getPartition())))
                .toList();
    }

    /** What has ended counts no more, so the bar grows with what is left. */
    private static void show(@Nullable ProgressBar bar, List<ReassignmentProgress> left) {
        if (bar != null) {
            long total = left.stream()
                    .mapToLong(move -> MoveRate.Progress.of(move).bytesTotal())
                    .sum();
            long done = left.stream()
                    .mapToLong(move -> MoveRate.Progress.of(move).bytesDone())
                    .sum();
            bar.maxHint(Math.max(total, bar.getMax()));
            bar.stepTo(bar.getMax() - (total - done));
        }
    }

    private static @Nullable ProgressBar bar(Io io) {
        if (!io.terminal().error()) {
            return null;
        }
        return new ProgressBarBuilder()
                .setTaskName("moving")
                .setInitialMax(0)
                .setUnit(" MB", 1_000_000)
                .showSpeed()
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(100)
                .setConsumer(new ConsoleProgressBarConsumer(io.err(), COLUMNS))
                .build();
    }
}
