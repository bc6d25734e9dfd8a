package io.millrace.cli.partition;

import io.millrace.cli.output.OutputOption;
import io.millrace.cli.session.CommandFailure;
import io.millrace.cli.session.Connection;
import io.millrace.cli.session.ExitCode;
import io.millrace.cli.session.Session;
import io.millrace.v1.CancelReassignmentsRequest;
import io.millrace.v1.GetClusterRequest;
import io.millrace.v1.PartitionTarget;
import io.millrace.v1.ReassignPartitionsRequest;
import io.millrace.v1.TopicPartitionDetail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `millrace partition move`: where a person says, or where a plan says that is shown first. */
@Command(
        name = "move",
        description = "Move partitions to other brokers, or propose how.",
        footer = {
            "",
            "For example: millrace partition move orders:3 --to 1,2,3 --throttle 50MB/s --wait",
            "             millrace partition move --away-from 4              (shows the plan)",
            "             millrace partition move --away-from 4 --execute    (and carries it out)",
            "             millrace partition move orders --cancel"
        })
final class PartitionMove implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "0..*", paramLabel = "TOPIC[:N]", description = "All partitions of a topic, or one.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--to",
            split = ",",
            paramLabel = "BROKER",
            description =
                    "The brokers that shall hold it, the preferred leader first; the partitions of a whole topic begin"
                            + " with each in turn.")
    private List<Integer> to = new ArrayList<>();

    @Option(
            names = "--cancel",
            description = "End the moves of these partitions, or of all; they stay where they were.")
    private boolean cancel;

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            description = "Plan for the partitions of this topic (default: all).")
    private String topic = "";

    @Option(
            names = "--brokers",
            split = ",",
            paramLabel = "BROKER",
            description = "Plan to spread them evenly over these brokers.")
    private List<Integer> brokers = new ArrayList<>();

    @Option(
            names = "--away-from",
            split = ",",
            paramLabel = "BROKER",
            description = "Plan to take them away from these brokers, to others that are alive.")
    private List<Integer> awayFrom = new ArrayList<>();

    @Option(names = "--execute", description = "Carry out the plan.")
    private boolean execute;

    @Option(
            names = "--throttle",
            paramLabel = "RATE",
            description = "At most so much into each broker that gets replicas, such as 50MB/s (default: no limit).")
    private @Nullable String throttle;

    @Option(names = "--dry-run", description = "Check it and change nothing.")
    private boolean dryRun;

    @Option(names = "--wait", description = "Return when the replicas are where they shall be.")
    private boolean wait;

    @Option(names = "--interval", hidden = true, defaultValue = "1s")
    private Duration interval = Duration.ofSeconds(1);

    @Mixin
    private OutputOption output = new OutputOption();

    PartitionMove(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        boolean planned = !brokers.isEmpty() || !awayFrom.isEmpty();
        long ways = List.of(cancel, !to.isEmpty(), !brokers.isEmpty(), !awayFrom.isEmpty()).stream()
                .filter(way -> way)
                .count();
        if (ways != 1) {
            throw CommandFailure.usage("Say one of --to, --brokers, --away-from and --cancel.");
        }
        if (planned && !names.isEmpty()) {
            throw CommandFailure.usage("A plan is for a whole topic: say --topic " + names.getFirst() + ".");
        }
        List<Name> meant = names.stream().map(Name::parse).toList();
        if (cancel) {
            return cancelled(meant);
        }
        if (!planned && meant.isEmpty()) {
            throw CommandFailure.usage("Say which partitions to move, like orders:3, or orders for all of its.");
        }
        List<PartitionTarget> targets =
                session.ask(connection -> planned ? plan(connection) : toThere(Survey.named(connection, meant)));
        if (targets.isEmpty()) {
            session.io().tell("All is where it shall be: there is nothing to move.");
            return ExitCode.OK.number();
        }
        return moved(targets, dryRun || (planned && !execute));
    }

    private int moved(List<PartitionTarget> targets, boolean checkOnly) {
        ReassignPartitionsRequest request = ReassignPartitionsRequest.newBuilder()
                .addAllTargets(targets)
                .setBytesPerSecond(throttle == null ? 0 : ByteRate.parse(throttle))
                .setValidateOnly(checkOnly)
                .build();
        Changes changes = new Changes(session.ask(connection ->
                connection.partitions().reassignPartitions(request).getChangesList()));
        session.print(output.format(), changes.answer());
        ExitCode code = changes.tellRefusals(session.io());
        if (checkOnly) {
            session.io()
                    .tell("Nothing was changed"
                            + (dryRun ? "." : ": this is the plan; carry it out with the same command and --execute."));
        } else if (wait) {
            MoveWait.until(
                    session,
                    changes.done().stream()
                            .map(change -> Name.of(change.getPartition()))
                            .collect(Collectors.toCollection(TreeSet::new)),
                    interval);
        } else if (!changes.done().isEmpty()) {
            session.io().tell("See how far it is with: millrace partition status");
        }
        return code.number();
    }

    private int cancelled(List<Name> meant) {
        Changes changes = new Changes(session.ask(connection -> {
            CancelReassignmentsRequest.Builder request = CancelReassignmentsRequest.newBuilder();
            for (Name name : meant) {
                // Of a whole topic, those that are not moving are not meant.
                Survey.named(connection, List.of(name)).stream()
                        .filter(detail -> name.partition().isPresent()
                                || detail.getPartition().hasReassignment())
                        .forEach(detail -> request.addPartitions(Survey.nameOf(detail)));
            }
            return !meant.isEmpty() && request.getPartitionsCount() == 0
                    ? List.of()
                    : connection
                            .partitions()
                            .cancelReassignments(request.build())
                            .getChangesList();
        }));
        if (changes.changes().isEmpty()) {
            session.io().tell("Nothing is being moved.");
        }
        session.print(output.format(), changes.answer());
        return changes.tellRefusals(session.io()).number();
    }

    private List<PartitionTarget> plan(Connection connection) {
        List<TopicPartitionDetail> partitions = Survey.of(connection, topic);
        List<Broker> all =
                connection.cluster().getCluster(GetClusterRequest.getDefaultInstance()).getBrokersList().stream()
                        .filter(broker -> broker.getAlive() || brokers.contains(broker.getBrokerId()))
                        .map(broker -> new Broker(broker.getBrokerId(), broker.getRack()))
                        .toList();
        if (!awayFrom.isEmpty()) {
            return MovePlan.awayFrom(new TreeSet<>(awayFrom), all, partitions);
        }
        List<Broker> chosen =
                all.stream().filter(broker -> brokers.contains(broker.id())).toList();
        if (chosen.size() < new TreeSet<>(brokers).size()) {
            throw new CommandFailure(
                    ExitCode.NOT_FOUND,
                    "Not all of these brokers have registered. See which there are with: millrace broker list");
        }
        return MovePlan.over(chosen, partitions);
    }

    private List<PartitionTarget> toThere(List<TopicPartitionDetail> partitions) {
        List<PartitionTarget> targets = new ArrayList<>();
        for (TopicPartitionDetail detail : partitions) {
            List<Integer> order = new ArrayList<>(to);
            if (partitions.size() > 1) {
                Collections.rotate(order, -(detail.getPartition().getPartition() % to.size()));
            }
            targets.add(PartitionTarget.newBuilder()
                    .setPartition(Survey.nameOf(detail))
                    .addAllBrokerIds(order)
                    .build());
        }
        return targets;
    }
}
