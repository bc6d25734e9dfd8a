package io.millrace.cli.log;

import io.millrace.cli.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** `millrace log`. */
@Command(name = "log", description = "Look into the log files of a broker.")
public final class LogCommand {
    private LogCommand() {}

    public static CommandLine in(Session session) {
        return new CommandLine(new LogCommand()).addSubcommand(new LogDump(session));
    }
}
