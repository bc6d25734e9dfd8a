package io.millrace.cli.topic;

import io.millrace.cli.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** `millrace topic`: without a verb it says which there are. */
@Command(name = "topic", description = "List, create, describe, alter and delete topics.")
public final class TopicCommand {
    private TopicCommand() {}

    public static CommandLine in(Session session) {
        return new CommandLine(new TopicCommand())
                .addSubcommand(new TopicList(session))
                .addSubcommand(new TopicCreate(session))
                .addSubcommand(new TopicDescribe(session))
                .addSubcommand(new TopicAlter(session))
                .addSubcommand(new TopicDelete(session));
    }
}
