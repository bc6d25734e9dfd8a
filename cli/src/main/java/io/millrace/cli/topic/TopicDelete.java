package io.millrace.cli.topic;

import io.millrace.cli.session.CommandFailure;
import io.millrace.cli.session.Session;
import io.millrace.v1.DeleteTopicRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `millrace topic delete`: asks first when a person sits at the terminal. */
@Command(name = "delete", description = "Delete a topic and its records.")
final class TopicDelete implements Runnable {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The topic.")
    private String name = "";

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Option(names = "--if-exists", description = "Take it for success when there is no such topic.")
    private boolean ifExists;

    TopicDelete(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        if (!yes
                && session.io().terminal().input()
                && !session.io().confirms("Delete topic " + name + " and all its records?")) {
            throw CommandFailure.failed("Topic " + name + " stays as it is.");
        }
        boolean deleted = session.ask(connection -> connection
                .topics()
                .deleteTopic(DeleteTopicRequest.newBuilder()
                        .setName(name)
                        .setIfExists(ifExists)
                        .build())
                .getDeleted());
        session.io().tell(deleted ? "Deleted topic " + name + "." : "There was no topic " + name + ".");
    }
}
