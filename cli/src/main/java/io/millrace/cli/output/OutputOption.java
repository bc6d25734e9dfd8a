package io.millrace.cli.output;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** `-o` at the command itself, for those who think of it last. */
public final class OutputOption {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "table (default), json or yaml.")
    private @Nullable OutputFormat format;

    public @Nullable OutputFormat format() {
        return format;
    }
}
