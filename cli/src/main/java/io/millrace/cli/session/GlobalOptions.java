package io.millrace.cli.session;

import io.millrace.cli.output.OutputFormat;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that hold for every command; picocli fills them in. */
public final class GlobalOptions {
    @Option(
            names = "--server",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:MILLRACE_SERVER:-http://localhost:50051}",
            description =
                    "The gateway's gRPC address (or the variable MILLRACE_SERVER; default: http://localhost:50051).")
    private String server = "";

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            scope = ScopeType.INHERIT,
            defaultValue = "10s",
            description = "How long to wait for an answer, such as 500ms, 10s, 2m (default: 10s).")
    private Duration timeout = Duration.ofSeconds(10);

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "table (default), json or yaml.")
    private @Nullable OutputFormat output;

    public ServerAddress server() {
        return ServerAddress.parse(server);
    }

    public Duration timeout() {
        return timeout;
    }

    /** What was asked for before the command's name, if anything. */
    public @Nullable OutputFormat output() {
        return output;
    }
}
