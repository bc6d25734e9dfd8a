package io.millrace.cli.topic;

import io.millrace.cli.output.OutputFormat;
import io.millrace.cli.output.OutputOption;
import io.millrace.cli.session.CommandFailure;
import io.millrace.cli.session.Session;
import io.millrace.v1.CreateTopicRequest;
import io.millrace.v1.CreateTopicResponse;
import io.millrace.v1.ReplicaAssignment;
import io.millrace.v1.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `millrace topic create`. */
@Command(name = "create", description = "Create a topic.")
final class TopicCreate implements Runnable {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "Letters, digits, '.', '_' and '-'.")
    private String name = "";

    @Option(
            names = {"-p", "--partitions"},
            paramLabel = "N",
            description = "How many partitions (default: the cluster decides).")
    private @Nullable Integer partitions;

    @Option(
            names = {"-r", "--replication-factor"},
            paramLabel = "N",
            description = "How many replicas of each partition (default: the cluster decides).")
    private @Nullable Integer replicationFactor;

    @Option(
            names = "--replica-assignment",
            paramLabel = "0:1,1:2",
            description = "The brokers of each partition, the preferred leader first, instead of counts"
                    + " (default: the cluster decides).")
    private @Nullable String replicaAssignment;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "NAME=VALUE",
            description = "A config that differs from its default, such as retention.ms=86400000; may be repeated.")
    private Map<String, String> configs = new LinkedHashMap<>();

    @Option(
            names = "--if-not-exists",
            description = "Take a topic that is there already, and is the same, for success.")
    private boolean ifNotExists;

    @Option(names = "--dry-run", description = "Check everything and change nothing.")
    private boolean dryRun;

    @Mixin
    private OutputOption output = new OutputOption();

    TopicCreate(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        List<ReplicaAssignment> assignments = ReplicaAssignments.parse(replicaAssignment);
        Topic topic = Topic.newBuilder()
                .setName(name)
                .setPartitionCount(count("-p", partitions))
                .setReplicationFactor(count("-r", replicationFactor))
                .putAllConfigs(configs)
                .build();
        CreateTopicResponse response = session.ask(connection -> connection
                .topics()
                .createTopic(CreateTopicRequest.newBuilder()
                        .setTopic(topic)
                        .addAllReplicaAssignments(assignments)
                        .setIfNotExists(ifNotExists)
                        .setValidateOnly(dryRun)
                        .build()));
        if (session.format(output.format()) == OutputFormat.TABLE) {
            session.io().tell(sentence(response));
        } else {
            session.print(output.format(), TopicAnswer.one(response.getTopic()));
        }
    }

    private String sentence(CreateTopicResponse response) {
        Topic topic = response.getTopic();
        String shape = " with " + count(topic.getPartitionCount(), "partition") + ", "
                + count(topic.getReplicationFactor(), "replica") + " each.";
        if (dryRun) {
            return "Topic " + name + " could be created" + shape;
        }
        return response.getCreated() ? "Created topic " + name + shape : "Topic " + name + " is there already" + shape;
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** On the wire 0 leaves the number to the cluster, which nobody means who types it. */
    private static int count(String option, @Nullable Integer number) {
        if (number == null) {
            return 0;
        }
        if (number < 1) {
            throw CommandFailure.usage(
                    option + " wants a number of 1 or more; leave it out for the cluster's default.");
        }
        return number;
    }
}
