package io.millrace.cli.cluster;

import io.millrace.cli.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** `millrace broker`. */
@Command(name = "broker", description = "List and describe brokers.")
public final class BrokerCommand {
    private BrokerCommand() {}

    public static CommandLine in(Session session) {
        return new CommandLine(new BrokerCommand())
                .addSubcommand(new BrokerList(session))
                .addSubcommand(new BrokerDescribe(session));
    }
}
