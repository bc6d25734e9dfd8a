package io.millrace.cli.cluster;

import io.millrace.cli.output.OutputOption;
import io.millrace.cli.session.CommandFailure;
import io.millrace.cli.session.ExitCode;
import io.millrace.cli.session.Session;
import io.millrace.v1.Broker;
import io.millrace.v1.GetClusterRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** `millrace broker describe`. */
@Command(name = "describe", description = "Show a broker with its log directories.")
final class BrokerDescribe implements Runnable {
    private final Session session;

    @Parameters(paramLabel = "ID", description = "The broker's number.")
    private int id;

    @Mixin
    private OutputOption output = new OutputOption();

    BrokerDescribe(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        var cluster =
                session.ask(connection -> connection.cluster().getCluster(GetClusterRequest.getDefaultInstance()));
        Broker broker = cluster.getBrokersList().stream()
                .filter(candidate -> candidate.getBrokerId() == id)
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.NOT_FOUND,
                        "There is no broker " + id + ". See which there are with: millrace broker list"));
        session.print(output.format(), BrokerAnswer.one(broker));
    }
}
