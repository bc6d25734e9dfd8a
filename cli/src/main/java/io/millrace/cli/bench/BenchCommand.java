package io.millrace.cli.bench;

import io.millrace.cli.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** `millrace bench`. */
@Command(name = "bench", description = "Put a load on a cluster, for a limited time, and report rates and latencies.")
public final class BenchCommand {
    private BenchCommand() {}

    public static CommandLine in(Session session) {
        return new CommandLine(new BenchCommand())
                .addSubcommand(new BenchProduce(session))
                .addSubcommand(new BenchConsume(session));
    }
}
