package io.millrace.cli.produce;

import io.millrace.cli.session.Io;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far a file has been loaded, as a bar for a person at a terminal; for anything else, nothing. */
final class LoadProgress implements AutoCloseable {
    private static final int COLUMNS = 79;

    private final @Nullable ProgressBar bar;

    private LoadProgress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    static LoadProgress of(Io io, @Nullable Path file) throws IOException {
        if (file == null || !io.terminal().error() || !Files.isRegularFile(file)) {
            return new LoadProgress(null);
        }
        return new LoadProgress(new ProgressBarBuilder()
                .setTaskName(String.valueOf(file.getFileName()))
                .setInitialMax(Files.size(file))
                .setUnit(" MB", 1_000_000)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(100)
                .setConsumer(new ConsoleProgressBarConsumer(io.err(), COLUMNS))
                .build());
    }

    /** @param bytes of the file, from its beginning */
    void at(long bytes) {
        if (bar != null) {
            bar.stepTo(bytes);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
