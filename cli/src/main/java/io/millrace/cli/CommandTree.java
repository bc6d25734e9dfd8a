package io.millrace.cli;

import io.millrace.cli.bench.BenchCommand;
import io.millrace.cli.cluster.BrokerCommand;
import io.millrace.cli.cluster.ClusterCommand;
import io.millrace.cli.consume.ConsumeCommand;
import io.millrace.cli.log.LogCommand;
import io.millrace.cli.partition.PartitionCommand;
import io.millrace.cli.produce.ProduceCommand;
import io.millrace.cli.quota.QuotaCommand;
import io.millrace.cli.session.Session;
import io.millrace.cli.topic.TopicCommand;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * All commands below the root. Reading a command's annotations costs a good part of the start-up time, so a branch that the
 * arguments do not even mention is only a name with a description: it cannot be the one that runs.
 */
final class CommandTree {
    private static final List<Branch> BRANCHES = List.of(
            new Branch("topic", TopicCommand.class, TopicCommand::in),
            new Branch("partition", PartitionCommand.class, PartitionCommand::in),
            new Branch("produce", ProduceCommand.class, session -> new CommandLine(new ProduceCommand(session))),
            new Branch("consume", ConsumeCommand.class, session -> new CommandLine(new ConsumeCommand(session))),
            new Branch("cluster", ClusterCommand.class, ClusterCommand::in),
            new Branch("broker", BrokerCommand.class, BrokerCommand::in),
            new Branch("quota", QuotaCommand.class, QuotaCommand::in),
            new Branch("log", LogCommand.class, LogCommand::in),
            new Branch("bench", BenchCommand.class, BenchCommand::in),
            new Branch(
                    CompletionCommand.NAME,
                    CompletionCommand.class,
                    session -> new CommandLine(new CompletionCommand(session.io()))));

    private CommandTree() {}

    private record Branch(String name, Class<?> type, Function<Session, CommandLine> grown) {
        CommandLine stub() {
            CommandSpec spec = CommandSpec.create().name(name);
            spec.usageMessage().description(type.getAnnotation(Command.class).description());
            return new CommandLine(spec);
        }
    }

    /** Adds the branches to the root, as far as these arguments need them. */
    static void grow(CommandLine root, Session session, List<String> arguments) {
        boolean whole = arguments.contains(CompletionCommand.NAME);
        for (Branch branch : BRANCHES) {
            root.addSubcommand(
                    branch.name(),
                    whole || arguments.contains(branch.name()) ? branch.grown().apply(session) : branch.stub());
        }
    }
}
