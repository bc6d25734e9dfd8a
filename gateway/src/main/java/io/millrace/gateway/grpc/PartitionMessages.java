package io.millrace.gateway.grpc;

import com.google.protobuf.Duration;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.PartitionStatus;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaStatus;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.partitions.ReplicaProgress;
import io.millrace.v1.AddedReplica;
import io.millrace.v1.Partition;
import io.millrace.v1.PartitionChange;
import io.millrace.v1.PartitionReassignment;
import io.millrace.v1.ReassignmentProgress;
import io.millrace.v1.ReplicaDetail;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows partitions of a picture. */
final class PartitionMessages {
    private PartitionMessages() {}

    /** What the picture knows, without the replicas one by one. */
    static Partition.Builder of(PartitionImage partition, ClusterImage cluster) {
        Partition.Builder message = Partition.newBuilder()
                .setPartition(partition.partition())
                .setLeader(partition.leader())
                .setLeaderEpoch(partition.leaderEpoch())
                .addAllReplicas(partition.replicas())
                .addAllIsr(partition.inSyncReplicas())
                .addAllEligibleReplicas(partition.eligibleReplicas());
        partition.replicas().stream()
                .filter(replica -> !serves(cluster.brokers().get(replica)))
                .forEach(message::addOfflineReplicas);
        Reassignment reassignment = partition.reassignment();
        if (reassignment != null) {
            message.setReassignment(PartitionReassignment.newBuilder()
                    .addAllAddingReplicas(reassignment.adding())
                    .addAllRemovingReplicas(reassignment.removing())
                    .setBytesPerSecond(Math.max(0, reassignment.bytesPerSecond())));
        }
        return message;
    }

    /** What the picture knows, and what the leader answered. */
    static Partition detailed(PartitionImage partition, ClusterImage cluster, Outcome<PartitionStatus> answer) {
        Partition.Builder message = of(partition, cluster);
        Optional<PartitionStatus> status = statusIn(answer);
        status.ifPresent(known -> message.setLogStartOffset(known.logStartOffset())
                .setHighWatermark(known.highWatermark())
                .setLogEndOffset(known.logEndOffset())
                .setSizeBytes(known.sizeBytes()));
        for (int replica : partition.replicas()) {
            ReplicaDetail.Builder detail =
                    replica(replica, partition, cluster.brokers().get(replica));
            status.ifPresent(known -> known.replicas().stream()
                    .filter(one -> one.brokerId() == replica)
                    .findFirst()
                    .ifPresent(one -> addFigures(detail, one, known.logEndOffset())));
            message.addReplicaDetails(detail);
        }
        return message.build();
    }

    static PartitionChange change(TopicPartition name, Outcome<PartitionChanged> outcome, ClusterImage cluster) {
        PartitionChange.Builder message = PartitionChange.newBuilder().setPartition(Partitions.message(name));
        return switch (outcome) {
            case Outcome.Done<PartitionChanged>(PartitionChanged changed) ->
                message.setState(of(changed.partition(), cluster)).build();
            case Outcome.Refused<PartitionChanged>(Refusal refusal) ->
                message.setError(ItemErrors.of(refusal)).build();
        };
    }

    static ReassignmentProgress progress(
            TopicPartition name, PartitionImage partition, Outcome<PartitionStatus> answer) {
        ReassignmentProgress.Builder message = ReassignmentProgress.newBuilder()
                .setPartition(Partitions.message(name))
                .addAllTargetReplicas(ReplicaProgress.target(partition));
        Reassignment reassignment = partition.reassignment();
        if (reassignment != null) {
            message.addAllAddingReplicas(reassignment.adding())
                    .addAllRemovingReplicas(reassignment.removing())
                    .setBytesPerSecond(Math.max(0, reassignment.bytesPerSecond()));
        }
        ReplicaProgress.of(partition, statusIn(answer)).forEach(replica -> message.addAdded(added(replica)));
        return message.build();
    }

    private static AddedReplica added(ReplicaProgress replica) {
        AddedReplica.Builder message =
                AddedReplica.newBuilder().setBrokerId(replica.brokerId()).setInSync(replica.inSync());
        ReplicaProgress.Figures figures = replica.figures();
        if (figures != null) {
            message.setRecordsDone(figures.recordsDone())
                    .setRecordsTotal(figures.recordsTotal())
                    .setBytesDone(figures.bytesDone())
                    .setBytesTotal(figures.bytesTotal());
            if (figures.logEndOffset() >= 0) {
                message.setLogEndOffset(figures.logEndOffset());
            }
        }
        return message.build();
    }

    private static ReplicaDetail.Builder replica(int brokerId, PartitionImage partition, @Nullable BrokerImage broker) {
        return ReplicaDetail.newBuilder()
                .setBrokerId(brokerId)
                .setRack(broker == null ? "" : Objects.requireNonNullElse(broker.rack(), ""))
                .setAlive(serves(broker))
                .setInSync(partition.inSyncReplicas().contains(brokerId))
                .setEligible(partition.eligibleReplicas().contains(brokerId));
    }

    private static void addFigures(ReplicaDetail.Builder detail, ReplicaStatus replica, long leaderEnd) {
        if (replica.logEndOffset() >= 0) {
            detail.setLogEndOffset(replica.logEndOffset()).setLag(Math.max(0, leaderEnd - replica.logEndOffset()));
        }
        if (replica.durableEndOffset() >= 0) {
            detail.setDurableEndOffset(replica.durableEndOffset());
        }
        long ago = replica.caughtUpMillisAgo();
        if (ago >= 0) {
            detail.setCaughtUpAgo(
                    Duration.newBuilder().setSeconds(ago / 1_000).setNanos((int) (ago % 1_000) * 1_000_000));
        }
    }

    private static boolean serves(@Nullable BrokerImage broker) {
        return broker != null && !broker.fenced();
    }

    private static Optional<PartitionStatus> statusIn(Outcome<PartitionStatus> answer) {
        return answer instanceof Outcome.Done<PartitionStatus>(PartitionStatus status)
                ? Optional.of(status)
                : Optional.empty();
    }
}
