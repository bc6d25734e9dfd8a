package io.millrace.gateway.health;

import io.millrace.core.api.ControllerStanding;
import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.metadata.TopicOptions;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.partitions.PartitionCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
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
    private final List<TopicPartition> reassigning = new ArrayList<>();
    private final List<TopicPartition> imbalanced = new ArrayList<>();
    private final List<TopicPartition> needsUnclean = new ArrayList<>();
    private final List<LogDirectoryStatus> failedDirectories = new ArrayList<>();
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
                failedDirectories.add(directory);
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
            addFailure(
                    brokersDown.size() == 1
                            ? "Broker " + joined(brokersDown)
                                    + " is down or not ready: start it, or see in its log what it waits for."
                            : "Brokers " + joined(brokersDown)
                                    + " are down or not ready: start them, or see in their logs what they wait for.");
        }
    }

    /** Topics come sorted by name and partitions by number, and so do the lists. */
    void lookAtPartitions(ClusterImage image) {
        Culprits culprits = new Culprits(image);
        for (TopicImage topic : image.topics().values()) {
            int minInSync = TopicOptions.of(topic.topic().configs()).minInsyncReplicas();
            for (PartitionImage partition : topic.partitions()) {
                TopicPartition name = new TopicPartition(topic.name(), partition.partition());
                for (PartitionCondition condition : PartitionCondition.values()) {
                    if (condition.holds(partition, minInSync)) {
                        listOf(condition).add(name);
                    }
                }
                if (isImbalanced(partition)) {
                    imbalanced.add(name);
                }
                culprits.lookAt(name, partition);
            }
        }
        tellOfLeaders(culprits);
        if (!underMinIsr.isEmpty()) {
            reasons.add(subject(underMinIsr)
                    + " fewer in-sync replicas than min.insync.replicas, so appends with acks=all are"
                    + " refused: bring brokers back, or lower the config.");
        }
        if (!underReplicated.isEmpty()) {
            reasons.add(subject(underReplicated) + " replicas that are not in sync: see to "
                    + brokers(culprits.missing()) + ".");
        }
        tellOfMoves(culprits);
    }

    /** Its preferred replica could lead, and does not. */
    private static boolean isImbalanced(PartitionImage partition) {
        int preferred = partition.replicas().getFirst();
        return partition.leader() != PartitionImage.NO_LEADER
                && partition.leader() != preferred
                && partition.inSyncReplicas().contains(preferred);
    }

    private List<TopicPartition> listOf(PartitionCondition condition) {
        return switch (condition) {
            case OFFLINE -> offline;
            case UNDER_REPLICATED -> underReplicated;
            case UNDER_MIN_ISR -> underMinIsr;
            case REASSIGNING -> reassigning;
            case NEEDS_UNCLEAN_ELECTION -> needsUnclean;
        };
    }

    private void tellOfLeaders(Culprits culprits) {
        List<TopicPartition> waiting = new ArrayList<>(offline);
        waiting.removeAll(needsUnclean);
        if (!waiting.isEmpty()) {
            reasons.add(subject(waiting)
                    + " no leader, so nothing can be written or read there: start a broker that has all records ("
                    + joined(culprits.saviours()) + ").");
        }
        if (!needsUnclean.isEmpty()) {
            reasons.add(subject(needsUnclean)
                    + " no leader, and no replica is known to hold all records: an unclean election gives it one"
                    + " (millrace partition elect-leader --unclean) and loses what that one lacks; "
                    + (culprits.keepers().isEmpty()
                            ? "no replica that is down could have more."
                            : "so first bring back " + brokers(culprits.keepers()) + ", if it can be."));
        }
    }

    private void tellOfMoves(Culprits culprits) {
        if (!culprits.stuck().isEmpty()) {
            reasons.add(subject(culprits.stuck()) + " to wait with its move for " + brokers(culprits.awaited())
                    + ", which is down: start it, or cancel the move (millrace partition move --cancel).");
        }
        if (!culprits.unknown().isEmpty()) {
            boolean one = culprits.unknown().size() == 1;
            reasons.add((one ? "Broker " : "Brokers ") + joined(culprits.unknown())
                    + (one ? " is to keep replicas and is" : " are to keep replicas and are")
                    + " not registered: start " + (one ? "it" : "them")
                    + ", or move the replicas to others (millrace partition move --away-from).");
        }
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!reassigning.isEmpty()) {
            notes.add(named(reassigning) + (reassigning.size() == 1 ? " is" : " are")
                    + " being moved: see how far with millrace partition status.");
        }
        if (!imbalanced.isEmpty()) {
            notes.add(named(imbalanced) + (imbalanced.size() == 1 ? " is" : " are")
                    + " not led by the preferred replica, which could lead: the controller gives the lead back in a while,"
                    + " unless it is told not to (millrace.controller.leader-imbalance.rebalance); millrace partition"
                    + " elect-leader does it now.");
        }
        return notes;
    }

    HealthReport report() {
        return new HealthReport(
                serving,
                reasons,
                notes(),
                controllerId,
                brokersDown,
                offline,
                underReplicated,
                underMinIsr,
                reassigning,
                needsUnclean,
                failedDirectories);
    }

    private static String subject(List<TopicPartition> partitions) {
        return named(partitions) + (partitions.size() == 1 ? " has" : " have");
    }

    private static String named(List<TopicPartition> partitions) {
        String names = partitions.stream()
                .limit(NAMED_MAX)
                .map(TopicPartition::toString)
                .collect(Collectors.joining(", "));
        int more = partitions.size() - NAMED_MAX;
        return (partitions.size() == 1 ? "Partition " : "Partitions ")
                + names
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static String brokers(NavigableSet<Integer> brokers) {
        return (brokers.size() == 1 ? "broker " : "brokers ") + joined(brokers);
    }

    private static String joined(Iterable<Integer> brokers) {
        List<String> ids = new ArrayList<>();
        brokers.forEach(id -> ids.add(Integer.toString(id)));
        return String.join(", ", ids);
    }
}
