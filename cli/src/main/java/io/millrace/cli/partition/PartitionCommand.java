package io.millrace.cli.partition;

import io.millrace.cli.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** `millrace partition`. */
@Command(name = "partition", description = "List and move partitions, and elect their leaders.")
public final class PartitionCommand {
    private PartitionCommand() {}

    public static CommandLine in(Session session) {
        return new CommandLine(new PartitionCommand())
                .addSubcommand(new PartitionList(session))
                .addSubcommand(new PartitionStatus(session))
                .addSubcommand(new PartitionMove(session))
                .addSubcommand(new PartitionElectLeader(session));
    }
}
