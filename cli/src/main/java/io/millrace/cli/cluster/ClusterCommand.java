package io.millrace.cli.cluster;

import io.millrace.cli.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** `millrace cluster`. */
@Command(name = "cluster", description = "Show the cluster and its health.")
public final class ClusterCommand {
    private ClusterCommand() {}

    public static CommandLine in(Session session) {
        return new CommandLine(new ClusterCommand())
                .addSubcommand(new ClusterInfo(session))
                .addSubcommand(new ClusterHealth(session));
    }
}
