package io.millrace.cli.cluster;

import io.millrace.cli.output.Answer;
import io.millrace.cli.output.OutputOption;
import io.millrace.cli.session.ExitCode;
import io.millrace.cli.session.Session;
import io.millrace.v1.FailedLogDirectory;
import io.millrace.v1.GetHealthRequest;
import io.millrace.v1.GetHealthResponse;
import io.millrace.v1.TopicPartition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** `millrace cluster health`: ends with {@link ExitCode#FAILED} when something is wrong, so that scripts can wait on it. */
@Command(name = "health", description = "Say whether all is well, and if not, why (exit code 1).")
final class ClusterHealth implements Callable<Integer> {
    private final Session session;

    @Mixin
    private OutputOption output = new OutputOption();

    ClusterHealth(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var health = session.ask(connection -> connection.cluster().getHealth(GetHealthRequest.getDefaultInstance()));
        session.print(output.format(), new Answer(data(health), () -> text(health)));
        return (health.getHealthy() ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private static Map<String, Object> data(GetHealthResponse health) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("healthy", health.getHealthy());
        data.put("reasons", List.copyOf(health.getReasonsList()));
        data.put("notes", List.copyOf(health.getNotesList()));
        data.put("controller_id", health.getControllerId());
        data.put("brokers_down", List.copyOf(health.getBrokersDownList()));
        data.put("offline_partitions", names(health.getOfflinePartitionsList()));
        data.put("under_replicated_partitions", names(health.getUnderReplicatedPartitionsList()));
        data.put("under_min_isr_partitions", names(health.getUnderMinIsrPartitionsList()));
        data.put("reassigning_partitions", names(health.getReassigningPartitionsList()));
        data.put("unclean_election_partitions", names(health.getUncleanElectionPartitionsList()));
        data.put(
                "failed_log_directories",
                health.getFailedLogDirectoriesList().stream()
                        .map(ClusterHealth::directory)
                        .toList());
        return data;
    }

    private static Map<String, Object> directory(FailedLogDirectory directory) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("broker_id", directory.getBrokerId());
        data.put("path", directory.getPath());
        data.put("failure", directory.getFailure());
        return data;
    }

    private static List<String> names(List<TopicPartition> partitions) {
        return partitions.stream()
                .map(partition -> partition.getTopic() + "-" + partition.getPartition())
                .toList();
    }

    private static String text(GetHealthResponse health) {
        String verdict = health.getHealthy() ? "healthy\n" : listed("unhealthy\n", health.getReasonsList());
        return health.getNotesCount() == 0 ? verdict : verdict + listed("worth knowing\n", health.getNotesList());
    }

    private static String listed(String heading, List<String> sentences) {
        return sentences.stream()
                .map(sentence -> "  - " + sentence + "\n")
                .collect(Collectors.joining("", heading, ""));
    }
}
