package io.millrace.gateway.health;

import io.millrace.core.api.ControllerStanding;
import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.metadata.TopicOptions;
import io.millrace.core.model.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Collects what is wrong, and says it in sentences that name what to do. For one thread. */
final class Diagnosis {
    /** Partitions named in one sentence; the report has all of them as data. */
    private static final int NAMED_MAX = 5;

    private final List<String> reasons = new ArrayList<>();
    private final List<Integer> brokersDown = new ArrayList<>();
    private final List<TopicPartition> offline = new ArrayList<>();
    private final List<TopicPartition> underReplicated = new ArrayList<>();
    private final List<TopicPartition> underMinIsr = new ArrayList<>();
    private Optional<String> controllerId = Optional.empty();
    private boolean serving = true;

    /** Takes down what keeps the processes from serving, whatever their topics are like. */
    void addFailure(String reason) {
        serving = false;
        reasons.add(reason);
    }

    void lookAtDirectories(List<LogDirectoryStatus> directories) {
        for (LogDirectoryStatus directory : directories) {
            if (directory.failure() != null) {
                addFailure("Log directory " + directory.path() + " of broker " + directory.brokerId() + " has failed ("
                        + directory.failure() + "): repair the disk or make room, then restart the broker.");
            }
        }
    }

    /** Without a controller nothing changes, and what serves goes on serving. */
    void lookAtController(ControllerStanding standing) {
        ControllerStanding.ActiveController active = standing.active();
        if (active == null) {
            reasons.add(
                    "No controller decides, so topics cannot be changed, and partitions of a broker that dies get no"
                            + " other leader: start a controller, or see that this gateway and ZooKeeper can be reached from those"
                            + " that run.");
            return;
        }
        controllerId = Optional.of(active.id());
        if (standing.suspended()) {
            reasons.add("The controller" + (active.id().isEmpty() ? "" : " " + active.id())
                    + " has lost ZooKeeper, so topics cannot be changed, and partitions of a broker that dies get no other"
                    + " leader: see that ZooKeeper runs and can be reached from the controllers.");
        }
    }

    void lookAtBrokers(ClusterImage image) {
        for (BrokerImage broker : image.brokers().values()) {
            if (broker.fenced()) {
                brokersDown.add(broker.brokerId());
            }
        }
        if (image.brokers().isEmpty()) {
            addFailure("No broker has registered: start one.");
        } else if (!brokersDown.isEmpty()) {
            addFailure("Broker " + joined(brokersDown)
                    + " is down or not ready: start it, or see in its log what it waits for.");
        }
    }

    /** Topics come sorted by name and partitions by number, and so do the lists. */
    void lookAtPartitions(ClusterImage image) {
        NavigableSet<Integer> saviours = new TreeSet<>();
        NavigableSet<Integer> missing = new TreeSet<>();
        for (TopicImage topic : image.topics().values()) {
            int minInSync = TopicOptions.of(topic.topic().configs()).minInsyncReplicas();
            for (PartitionImage partition : topic.partitions()) {
                TopicPartition name = new TopicPartition(topic.name(), partition.partition());
                if (partition.leader() == PartitionImage.NO_LEADER) {
                    offline.add(name);
                    saviours.addAll(partition.inSyncReplicas());
                }
                if (partition.inSyncReplicas().size() < partition.replicas().size()) {
                    underReplicated.add(name);
                    partition.replicas().stream()
                            .filter(broker -> !partition.inSyncReplicas().contains(broker))
                            .forEach(missing::add);
                }
                if (partition.inSyncReplicas().size() < minInSync) {
                    underMinIsr.add(name);
                }
            }
        }
        if (!offline.isEmpty()) {
            reasons.add(subject(offline)
                    + " no leader, so nothing can be written or read there: start a broker that has all" + " records ("
                    + joined(saviours) + ").");
        }
        if (!underMinIsr.isEmpty()) {
            reasons.add(subject(underMinIsr)
                    + " fewer in-sync replicas than min.insync.replicas, so appends with acks=all are"
                    + " refused: bring brokers back, or lower the config.");
        }
        if (!underReplicated.isEmpty()) {
            reasons.add(subject(underReplicated) + " replicas that are not in sync: see to broker " + joined(missing)
                    + ".");
        }
    }

    HealthReport report() {
        return new HealthReport(serving, reasons, controllerId, brokersDown, offline, underReplicated, underMinIsr);
    }

    private static String subject(List<TopicPartition> partitions) {
        String names = partitions.stream()
                .limit(NAMED_MAX)
                .map(TopicPartition::toString)
                .collect(Collectors.joining(", "));
        if (partitions.size() == 1) {
            return "Partition " + names + " has";
        }
        int more = partitions.size() - NAMED_MAX;
        return "Partitions " + names + (more > 0 ? " and " + more + " more" : "") + " have";
    }

    private static String joined(Iterable<Integer> brokers) {
        List<String> ids = new ArrayList<>();
        brokers.forEach(id -> ids.add(Integer.toString(id)));
        return String.join(", ", ids);
    }
}
