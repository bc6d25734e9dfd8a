package io.millrace.core.api.twin;

import io.millrace.core.api.AlterPartitionsRequest;
import io.millrace.core.api.AlterPartitionsRequest.Member;
import io.millrace.core.api.ElectLeadersRequest;
import io.millrace.core.api.ElectLeadersRequest.Kind;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.ReassignPartitionsRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.WithdrawReplicasRequest;
import io.millrace.core.api.WithdrawReplicasRequest.Reason;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What becomes of the replicas of one broker, each of which is the only one of its partition, in one picture. */
final class TwinReplicas {
    private final ClusterImage image;
    private final int brokerId;
    private final List<MetadataChange> changes = new ArrayList<>();
    private final List<Outcome<PartitionChanged>> outcomes = new ArrayList<>();

    TwinReplicas(ClusterImage image, int brokerId) {
        this.image = image;
        this.brokerId = brokerId;
    }

    /** What the request has changed, once it is answered. */
    List<MetadataChange> changes() {
        return changes;
    }

    Outcome<List<Outcome<PartitionChanged>>> alter(AlterPartitionsRequest request) {
        Optional<Refusal> stranger = problemOfSender(request.brokerId(), request.brokerEpoch());
        if (stranger.isPresent() || !isAlive()) {
            return Outcome.refused(stranger.orElse(new Refusal.IneligibleReplica("The broker is fenced.")));
        }
        List<Member> only = List.of(new Member(brokerId, request.brokerEpoch()));
        for (AlterPartitionsRequest.Part part : request.parts()) {
            answer(image.topic(part.topicId()), part.topicId().toString(), part.partition(), now -> {
                if (now.leader() != brokerId) {
                    return Outcome.refused(new Refusal.NotLeader(nameOf(now)));
                }
                if (now.leaderEpoch() != part.leaderEpoch() || now.partitionEpoch() != part.partitionEpoch()) {
                    return Outcome.refused(new Refusal.StaleEpoch("The record is another one."));
                }
                return part.inSync().equals(only)
                        ? Outcome.done(now)
                        : Outcome.refused(new Refusal.InvalidRequest("There is one replica."));
            });
        }
        return Outcome.done(outcomes);
    }

    Outcome<List<Outcome<PartitionChanged>>> withdraw(WithdrawReplicasRequest request) {
        Optional<Refusal> stranger = problemOfSender(request.brokerId(), request.brokerEpoch());
        if (stranger.isPresent()) {
            return Outcome.refused(stranger.get());
        }
        for (WithdrawReplicasRequest.Part part : request.parts()) {
            answer(
                    image.topic(part.topicId()),
                    part.topicId().toString(),
                    part.partition(),
                    now -> Outcome.done(
                            request.reason() == Reason.AMNESIA
                                            && !now.inSyncReplicas().isEmpty()
                                    ? next(now, List.of(), PartitionImage.NO_LEADER)
                                    : now));
        }
        return Outcome.done(outcomes);
    }

    Outcome<List<Outcome<PartitionChanged>>> reassign(ReassignPartitionsRequest request) {
        if (request.bytesPerSecond() < 1 && request.bytesPerSecond() != Reassignment.UNLIMITED) {
            return Outcome.refused(new Refusal.InvalidRequest("A limit is 1 byte per second or more."));
        }
        for (ReassignPartitionsRequest.Part part : request.parts()) {
            answer(part.partition(), now -> {
                if (part.target().isEmpty()) {
                    return Outcome.refused(new Refusal.NoReassignmentInProgress("Nothing moves here."));
                }
                return part.target().get().equals(now.replicas())
                        ? Outcome.done(now)
                        : Outcome.refused(new Refusal.InvalidReplicaAssignment(
                                "There is broker " + brokerId + " only, not " + part.target() + "."));
            });
        }
        return Outcome.done(outcomes);
    }

    Outcome<List<Outcome<PartitionChanged>>> elect(ElectLeadersRequest request) {
        List<TopicPartition> partitions = request.partitions().isEmpty()
                ? image.topics().values().stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .filter(partition -> request.kind() == Kind.UNCLEAN
                                && isAlive()
                                && partition.leader() == PartitionImage.NO_LEADER)
                        .map(this::nameOf)
                        .toList()
                : request.partitions();
        for (TopicPartition partition : partitions) {
            answer(partition, now -> {
                if (now.leader() == brokerId) {
                    return Outcome.refused(new Refusal.ElectionNotNeeded("The only replica leads already."));
                }
                return request.kind() == Kind.UNCLEAN && isAlive()
                        ? Outcome.done(next(now, List.of(brokerId), brokerId))
                        : Outcome.refused(new Refusal.NoEligibleLeader("The only replica cannot lead."));
            });
        }
        return Outcome.done(outcomes);
    }

    private void answer(TopicPartition partition, Function<PartitionImage, Outcome<PartitionImage>> answer) {
        answer(image.topic(partition.topic()), partition.topic(), partition.partition(), answer);
    }

    private void answer(
            Optional<TopicImage> topic,
            String topicName,
            int number,
            Function<PartitionImage, Outcome<PartitionImage>> answer) {
        if (topic.isEmpty()) {
            outcomes.add(Outcome.refused(new Refusal.UnknownTopic(topicName)));
            return;
        }
        Optional<PartitionImage> found = topic.get().partition(number);
        if (found.isEmpty()) {
            outcomes.add(Outcome.refused(new Refusal.UnknownPartition(
                    new TopicPartition(topic.get().name(), number),
                    topic.get().partitions().size())));
            return;
        }
        PartitionImage now = found.get();
        outcomes.add(answer.apply(now).map(after -> {
            if (!after.equals(now)) {
                changes.add(new MetadataChange.Put(after));
            }
            return new PartitionChanged(new TopicPartition(topic.get().name(), number), after);
        }));
    }

    /** The next record of a partition that gets another leader. */
    static PartitionImage next(PartitionImage now, List<Integer> inSync, int leader) {
        return new PartitionImage(
                now.topicId(),
                now.partition(),
                now.replicas(),
                inSync,
                leader,
                now.leaderEpoch() + 1,
                now.partitionEpoch() + 1);
    }

    private TopicPartition nameOf(PartitionImage partition) {
        return new TopicPartition(image.topic(partition.topicId()).orElseThrow().name(), partition.partition());
    }

    private Optional<Refusal> problemOfSender(int sender, long epoch) {
        BrokerImage broker = image.brokers().get(sender);
        if (broker == null) {
            return Optional.of(new Refusal.UnknownBroker(sender));
        }
        return broker.brokerEpoch() == epoch
                ? Optional.empty()
                : Optional.of(new Refusal.StaleEpoch("Broker epoch " + epoch + " is not the current one."));
    }

    private boolean isAlive() {
        BrokerImage broker = image.brokers().get(brokerId);
        return broker != null && !broker.fenced();
    }
}
