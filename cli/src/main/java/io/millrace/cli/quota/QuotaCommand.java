package io.millrace.cli.quota;

import io.millrace.cli.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** `millrace quota`. */
@Command(name = "quota", description = "List, set and reset how much users, clients and addresses may ask for.")
public final class QuotaCommand {
    private QuotaCommand() {}

    public static CommandLine in(Session session) {
        return new CommandLine(new QuotaCommand())
                .addSubcommand(new QuotaList(session))
                .addSubcommand(new QuotaSet(session))
                .addSubcommand(new QuotaReset(session));
    }
}
