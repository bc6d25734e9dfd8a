package io.millrace.controller.control;

import io.millrace.core.api.AlterPartitionsRequest;
import io.millrace.core.api.AlterPartitionsRequest.Member;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.model.TopicPartition;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What speaks against an in-sync set that a leader wishes for. */
final class InSyncCheck {
    private InSyncCheck() {}

    static Optional<Refusal> problemOf(
            ClusterImage image,
            TopicPartition name,
            PartitionImage partition,
            int sender,
            AlterPartitionsRequest.Part wish) {
        if (partition.leader() != sender) {
            return Optional.of(new Refusal.NotLeader(name));
        }
        if (wish.leaderEpoch() != partition.leaderEpoch()) {
            return Optional.of(new Refusal.StaleEpoch("Partition " + name + " is led under epoch "
                    + partition.leaderEpoch() + "; this request carries " + wish.leaderEpoch() + "."));
        }
        if (wish.partitionEpoch() != partition.partitionEpoch()) {
            return Optional.of(new Refusal.StaleEpoch("The record of partition " + name + " has epoch "
                    + partition.partitionEpoch() + "; this request is based on " + wish.partitionEpoch() + "."));
        }
        if (wish.highWatermark() < 0) {
            return invalid(name, "with a high watermark of " + wish.highWatermark());
        }
        return problemOfMembers(image, name, partition, sender, wish);
    }

    private static Optional<Refusal> problemOfMembers(
            ClusterImage image,
            TopicPartition name,
            PartitionImage partition,
            int sender,
            AlterPartitionsRequest.Part wish) {
        Set<Integer> distinct = new HashSet<>(); // asked only
        for (Member member : wish.inSync()) {
            int id = member.brokerId();
            if (!distinct.add(id)) {
                return invalid(name, "with broker " + id + " twice");
            }
            if (!partition.replicas().contains(id)) {
                return invalid(name, "with broker " + id + ", which holds no replica of it");
            }
            // Who is in the set and stays there was checked when it joined, and every fencing since would have changed
            // the
            // record: only who joins has to be the incarnation that has caught up, and alive (KIP-903).
            Optional<Refusal> problem =
                    partition.inSyncReplicas().contains(id) ? Optional.empty() : problemOfJoining(image, name, member);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return distinct.contains(sender) ? Optional.empty() : invalid(name, "without its leader, broker " + sender);
    }

    private static Optional<Refusal> problemOfJoining(ClusterImage image, TopicPartition name, Member member) {
        BrokerImage broker = image.brokers().get(member.brokerId());
        String joining = "Broker " + member.brokerId() + " cannot be in sync for partition " + name + ": ";
        if (broker == null || broker.fenced()) {
            return Optional.of(new Refusal.IneligibleReplica(joining + "it is fenced."));
        }
        return broker.brokerEpoch() == member.brokerEpoch()
                ? Optional.empty()
                : Optional.of(new Refusal.IneligibleReplica(joining + "it is registered with epoch "
                        + broker.brokerEpoch() + ", and it was epoch " + member.brokerEpoch() + " that caught up."));
    }

    private static Optional<Refusal> invalid(TopicPartition name, String what) {
        return Optional.of(
                new Refusal.InvalidRequest("Partition " + name + " cannot have an in-sync set " + what + "."));
    }
}
