package io.millrace.cli.topic;

import com.google.protobuf.FieldMask;
import io.millrace.cli.output.OutputFormat;
import io.millrace.cli.output.OutputOption;
import io.millrace.cli.session.CommandFailure;
import io.millrace.cli.session.Session;
import io.millrace.v1.ReplicaAssignment;
import io.millrace.v1.Topic;
import io.millrace.v1.UpdateTopicRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `millrace topic alter`. */
@Command(name = "alter", description = "Add partitions to a topic, or change its configs.")
final class TopicAlter implements Runnable {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The topic.")
    private String name = "";

    @Option(
            names = {"-p", "--partitions"},
            paramLabel = "N",
            description = "How many partitions it shall have; the number can only grow.")
    private int partitions;

    @Option(
            names = "--replica-assignment",
            paramLabel = "0:1,1:2",
            description =
                    "The brokers of each added partition, the preferred leader first (default: the cluster decides).")
    private @Nullable String replicaAssignment;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "NAME=VALUE",
            description = "Set a config; may be repeated.")
    private Map<String, String> configs = new LinkedHashMap<>();

    @Option(names = "--reset", paramLabel = "NAME", description = "Put a config back to its default; may be repeated.")
    private List<String> resets = new ArrayList<>();

    @Option(names = "--dry-run", description = "Check everything and change nothing.")
    private boolean dryRun;

    @Mixin
    private OutputOption output = new OutputOption();

    TopicAlter(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        UpdateTopicRequest request = request();
        if (request.getUpdateMask().getPathsCount() == 0) {
            throw CommandFailure.usage(
                    "Nothing to change: say --partitions N, --replica-assignment, -c NAME=VALUE or --reset NAME.");
        }
        Topic topic = session.ask(
                connection -> connection.topics().updateTopic(request).getTopic());
        if (session.format(output.format()) == OutputFormat.TABLE) {
            session.io().tell(dryRun ? "Topic " + name + " could be altered so." : "Altered topic " + name + ".");
        } else {
            session.print(output.format(), TopicAnswer.one(topic));
        }
    }

    private UpdateTopicRequest request() {
        FieldMask.Builder mask = FieldMask.newBuilder();
        List<ReplicaAssignment> assignments = ReplicaAssignments.parse(replicaAssignment);
        if (partitions != 0 || !assignments.isEmpty()) {
            mask.addPaths("partition_count");
        }
        configs.keySet().forEach(config -> mask.addPaths("configs." + config));
        for (String config : resets) {
            if (configs.containsKey(config)) {
                throw CommandFailure.usage("Either set " + config + " or reset it, not both.");
            }
            mask.addPaths("configs." + config);
        }
        return UpdateTopicRequest.newBuilder()
                .setTopic(Topic.newBuilder()
                        .setName(name)
                        .setPartitionCount(partitions)
                        .putAllConfigs(configs))
                .setUpdateMask(mask)
                .addAllReplicaAssignments(assignments)
                .setValidateOnly(dryRun)
                .build();
    }
}
