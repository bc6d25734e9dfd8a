package io.millrace.cli.partition;

import io.millrace.cli.output.OutputOption;
import io.millrace.cli.session.Connection;
import io.millrace.cli.session.Session;
import io.millrace.v1.ListReassignmentsRequest;
import io.millrace.v1.ReassignmentProgress;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `millrace partition status`. */
@Command(name = "status", description = "Show how far partitions are that are being moved.")
final class PartitionStatus implements Runnable {
    private final Session session;

    @Option(names = "--topic", paramLabel = "NAME", description = "Only those of this topic.")
    private String topic = "";

    @Option(names = "--watch", description = "Show it again and again, with rates, until nothing is being moved.")
    private boolean watch;

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            defaultValue = "2s",
            description = "How long to wait between two looks (default: 2s).")
    private Duration interval = Duration.ofSeconds(2);

    @Mixin
    private OutputOption output = new OutputOption();

    PartitionStatus(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        MoveRate rate = new MoveRate();
        List<ReassignmentProgress> moves;
        do {
            moves = session.ask(connection -> moves(connection, topic));
            session.print(output.format(), MoveAnswer.of(moves, rate.look(moves, System.nanoTime())));
        } while (watch && !moves.isEmpty() && Pause.of(interval));
        if (moves.isEmpty()) {
            session.io().tell("Nothing is being moved.");
        }
    }

    static List<ReassignmentProgress> moves(Connection connection, String topic) {
        return connection
                .partitions()
                .listReassignments(
                        ListReassignmentsRequest.newBuilder().setTopic(topic).build())
                .getReassignmentsList();
    }
}
