package io.millrace.cli.partition;

import io.millrace.cli.output.OutputOption;
import io.millrace.cli.session.CommandFailure;
import io.millrace.cli.session.Session;
import io.millrace.v1.ElectLeadersRequest;
import io.millrace.v1.ElectionKind;
import io.millrace.v1.PartitionChange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `millrace partition elect-leader`: an unclean election says first what it may lose. */
@Command(
        name = "elect-leader",
        description = "Give partitions back to their preferred leaders, or, with --unclean, a leader at any price.")
final class PartitionElectLeader implements Callable<Integer> {
    private final Session session;

    @Parameters(
            arity = "0..*",
            paramLabel = "TOPIC[:N]",
            description = "All partitions of a topic, or one (default: all for which it makes a difference).")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--unclean",
            description =
                    "Let partitions without a leader be led by a replica that may lack acknowledged records: those are"
                            + " lost.")
    private boolean unclean;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask before an unclean election.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Say what it would be done for and change nothing.")
    private boolean dryRun;

    @Mixin
    private OutputOption output = new OutputOption();

    PartitionElectLeader(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<Name> meant = names.stream().map(Name::parse).toList();
        ElectLeadersRequest.Builder request = ElectLeadersRequest.newBuilder()
                .setKind(unclean ? ElectionKind.ELECTION_KIND_UNCLEAN : ElectionKind.ELECTION_KIND_PREFERRED);
        session.ask(connection -> Survey.named(connection, meant))
                .forEach(detail -> request.addPartitions(Survey.nameOf(detail)));
        if (unclean && !dryRun) {
            Changes concerned = elect(request.clone().setValidateOnly(true));
            if (concerned.done().isEmpty()) {
                if (concerned.changes().isEmpty()) {
                    session.io().tell("There is no partition to elect a leader for.");
                }
                return concerned.tellRefusals(session.io()).number();
            }
            agree(concerned.done());
        }
        Changes changes = elect(request.setValidateOnly(dryRun));
        session.print(output.format(), changes.answer());
        return changes.tellRefusals(session.io()).number();
    }

    private Changes elect(ElectLeadersRequest.Builder request) {
        return new Changes(session.ask(connection ->
                connection.partitions().electLeaders(request.build()).getChangesList()));
    }

    private void agree(List<PartitionChange> concerned) {
        for (PartitionChange change : concerned) {
            session.io()
                    .tell("Partition " + Name.of(change.getPartition()) + " has no leader. Whichever replica is elected"
                            + " ("
                            + PartitionAnswer.ids(change.getState().getReplicasList())
                            + "), acknowledged records that it lacks are lost for good"
                            + (change.getState().getOfflineReplicasCount() == 0
                                    ? "."
                                    : "; broker "
                                            + PartitionAnswer.ids(
                                                    change.getState().getOfflineReplicasList())
                                            + " is down and may have them."));
        }
        if (yes) {
            return;
        }
        if (!session.io().terminal().input()) {
            throw CommandFailure.usage("An unclean election loses records: say --yes if that is meant.");
        }
        if (!session.io().confirms("Elect leaders for " + concerned.size() + " partitions and lose those records?")) {
            throw CommandFailure.failed("All stays as it is.");
        }
    }
}
