package io.millrace.cli.cluster;

import io.millrace.cli.output.OutputOption;
import io.millrace.cli.session.Session;
import io.millrace.v1.GetClusterRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** `millrace broker list`. */
@Command(name = "list", description = "Show the brokers of the cluster.")
final class BrokerList implements Runnable {
    private final Session session;

    @Mixin
    private OutputOption output = new OutputOption();

    BrokerList(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        var cluster =
                session.ask(connection -> connection.cluster().getCluster(GetClusterRequest.getDefaultInstance()));
        session.print(output.format(), BrokerAnswer.list(cluster.getBrokersList()));
    }
}
