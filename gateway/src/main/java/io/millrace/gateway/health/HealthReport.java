package io.millrace.gateway.health;

import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.core.model.TopicPartition;
import java.util.List;
import java.util.Optional;

/**
 * How the cluster is.
 *
 * @param serving whether the processes themselves can do their work: the picture is current, brokers are there and may
 *     lead, and no disk has failed; a topic that refuses writes for want of replicas does not change that, nor does a
 *     controller that cannot decide
 * @param reasons what is wrong, each a full sentence that a person can act on, the worst first
 * @param notes what is worth knowing and no reason to act, each a full sentence
 * @param controllerId of the controller that decides, when the gateway knows one
 * @param brokersDown brokers that are registered but must not lead: dead, starting or stopping
 * @param offlinePartitions partitions without a leader, sorted
 * @param underReplicatedPartitions partitions with replicas out of sync, sorted
 * @param underMinIsrPartitions partitions that refuse acks=all because of it, sorted
 * @param reassigningPartitions partitions that are being moved, sorted; that alone is no reason
 * @param uncleanElectionPartitions those of the offline ones that nothing else gives a leader, sorted
 * @param failedLogDirectories those that serve nothing until their broker is started again
 */
public record HealthReport(
        boolean serving,
        List<String> reasons,
        List<String> notes,
        Optional<String> controllerId,
        List<Integer> brokersDown,
        List<TopicPartition> offlinePartitions,
        List<TopicPartition> underReplicatedPartitions,
        List<TopicPartition> underMinIsrPartitions,
        List<TopicPartition> reassigningPartitions,
        List<TopicPartition> uncleanElectionPartitions,
        List<LogDirectoryStatus> failedLogDirectories) {
    public HealthReport {
        reasons = List.copyOf(reasons);
        notes = List.copyOf(notes);
        brokersDown = List.copyOf(brokersDown);
        offlinePartitions = List.copyOf(offlinePartitions);
        underReplicatedPartitions = List.copyOf(underReplicatedPartitions);
        underMinIsrPartitions = List.copyOf(underMinIsrPartitions);
        reassigningPartitions = List.copyOf(reassigningPartitions);
        uncleanElectionPartitions = List.copyOf(uncleanElectionPartitions);
        failedLogDirectories = List.copyOf(failedLogDirectories);
    }

    /** True exactly when there is no reason to act. */
    public boolean healthy() {
        return reasons.isEmpty();
    }
}
