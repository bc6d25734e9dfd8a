package io.millrace.gateway.rest.health;

import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.health.ClusterHealth;
import io.millrace.gateway.health.HealthReport;
import io.millrace.gateway.rest.cluster.ClusterPath;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v3/clusters/{c}/health}: one verdict with reasons. It is 200 also when the verdict is bad: this is data. */
@RestController
public final class HealthResource {
    private static final String KIND = "MillraceHealth";

    private final ClusterPath path;
    private final ClusterHealth health;

    public HealthResource(ClusterPath path, ClusterHealth health) {
        this.path = path;
        this.health = health;
    }

    @GetMapping("/v3/clusters/{clusterId}/health")
    Verdict get(@PathVariable String clusterId) {
        String id = path.cluster(clusterId).clusterId();
        HealthReport report = health.check().join();
        return new Verdict(
                KIND,
                id,
                report.healthy(),
                report.reasons(),
                report.notes(),
                report.controllerId().orElse(null),
                report.brokersDown(),
                partitions(report.offlinePartitions()),
                partitions(report.underReplicatedPartitions()),
                partitions(report.underMinIsrPartitions()),
                partitions(report.reassigningPartitions()),
                partitions(report.uncleanElectionPartitions()),
                report.failedLogDirectories().stream().map(Directory::of).toList());
    }

    private static List<Partition> partitions(List<TopicPartition> partitions) {
        return partitions.stream()
                .map(partition -> new Partition(partition.topic(), partition.partition()))
                .toList();
    }

    /** The JSON shape of the verdict. */
    record Verdict(
            String kind,
            String clusterId,
            boolean healthy,
            List<String> reasons,
            List<String> notes,
            @Nullable String controllerId,
            List<Integer> brokersDown,
            List<Partition> offlinePartitions,
            List<Partition> underReplicatedPartitions,
            List<Partition> underMinIsrPartitions,
            List<Partition> reassigningPartitions,
            List<Partition> uncleanElectionPartitions,
            List<Directory> failedLogDirectories) {}

    /** The JSON shape of a partition's name. */
    record Partition(String topicName, int partitionId) {}

    /** The JSON shape of a log directory that serves nothing any more. */
    record Directory(int brokerId, String path, String failure) {
        static Directory of(LogDirectoryStatus directory) {
            return new Directory(
                    directory.brokerId(), directory.path(), Objects.requireNonNullElse(directory.failure(), ""));
        }
    }
}
