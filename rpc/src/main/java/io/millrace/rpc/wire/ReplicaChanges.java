package io.millrace.rpc.wire;

import io.millrace.core.api.AlterPartitionsRequest;
import io.millrace.core.api.ElectLeadersRequest;
import io.millrace.core.api.ReassignPartitionsRequest;
import io.millrace.core.api.WithdrawReplicasRequest;
import io.millrace.core.model.TopicPartition;
import io.millrace.internal.v1.ReplicaAssignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Requests about replicas, leaders and in-sync sets. What they ask for is the controller's to judge. */
public final class ReplicaChanges {
    /** Most partitions of one request. */
    public static final int PARTS_MAX = 100_000;

    /** Most replicas that one part names. */
    public static final int REPLICAS_MAX = 1_000;

    private ReplicaChanges() {}

    /** Cannot fail. */
    public static io.millrace.internal.v1.AlterPartitionsRequest encode(AlterPartitionsRequest request) {
        var to = io.millrace.internal.v1.AlterPartitionsRequest.newBuilder()
                .setBrokerId(request.brokerId())
                .setBrokerEpoch(request.brokerEpoch());
        for (AlterPartitionsRequest.Part part : request.parts()) {
            var message = to.addPartsBuilder()
                    .setTopicId(Ids.encode(part.topicId()))
                    .setPartition(part.partition())
                    .setLeaderEpoch(part.leaderEpoch())
                    .setPartitionEpoch(part.partitionEpoch())
                    .setHighWatermark(part.highWatermark());
            for (AlterPartitionsRequest.Member member : part.inSync()) {
                message.addInSyncBuilder().setBrokerId(member.brokerId()).setBrokerEpoch(member.brokerEpoch());
            }
        }
        return to.build();
    }

    /** Refuses ids that are none and lists without an end. */
    public static AlterPartitionsRequest decode(io.millrace.internal.v1.AlterPartitionsRequest from)
            throws MalformedMessageException {
        List<AlterPartitionsRequest.Part> parts = new ArrayList<>(parts(from.getPartsCount()));
        for (io.millrace.internal.v1.AlterPartitionsRequest.Part part : from.getPartsList()) {
            replicas(part.getInSyncCount());
            parts.add(new AlterPartitionsRequest.Part(
                    Ids.decodeTopicId(part.getTopicId()),
                    part.getPartition(),
                    part.getLeaderEpoch(),
                    part.getPartitionEpoch(),
                    part.getInSyncList().stream()
                            .map(member ->
                                    new AlterPartitionsRequest.Member(member.getBrokerId(), member.getBrokerEpoch()))
                            .toList(),
                    part.getHighWatermark()));
        }
        return new AlterPartitionsRequest(from.getBrokerId(), from.getBrokerEpoch(), parts);
    }

    /** Cannot fail. */
    public static io.millrace.internal.v1.WithdrawReplicasRequest encode(WithdrawReplicasRequest request) {
        var to = io.millrace.internal.v1.WithdrawReplicasRequest.newBuilder()
                .setBrokerId(request.brokerId())
                .setBrokerEpoch(request.brokerEpoch())
                .setReason(
                        switch (request.reason()) {
                            case AMNESIA -> io.millrace.internal.v1.WithdrawReplicasRequest.Reason.REASON_AMNESIA;
                            case DAMAGED -> io.millrace.internal.v1.WithdrawReplicasRequest.Reason.REASON_DAMAGED;
                            case STORAGE_FAILED ->
                                io.millrace.internal.v1.WithdrawReplicasRequest.Reason.REASON_STORAGE_FAILED;
                        });
        for (WithdrawReplicasRequest.Part part : request.parts()) {
            to.addPartsBuilder().setTopicId(Ids.encode(part.topicId())).setPartition(part.partition());
        }
        return to.build();
    }

    /** Refuses ids that are none, lists without an end, and reasons that this version does not know. */
    public static WithdrawReplicasRequest decode(io.millrace.internal.v1.WithdrawReplicasRequest from)
            throws MalformedMessageException {
        WithdrawReplicasRequest.Reason reason = switch (from.getReason()) {
            case REASON_AMNESIA -> WithdrawReplicasRequest.Reason.AMNESIA;
            case REASON_DAMAGED -> WithdrawReplicasRequest.Reason.DAMAGED;
            case REASON_STORAGE_FAILED -> WithdrawReplicasRequest.Reason.STORAGE_FAILED;
            case REASON_UNSPECIFIED, UNRECOGNIZED ->
                throw new MalformedMessageException(
                        "Replicas are withdrawn for a reason that this version does not know.");
        };
        List<WithdrawReplicasRequest.Part> parts = new ArrayList<>(parts(from.getPartsCount()));
        for (io.millrace.internal.v1.WithdrawReplicasRequest.Part part : from.getPartsList()) {
            parts.add(new WithdrawReplicasRequest.Part(Ids.decodeTopicId(part.getTopicId()), part.getPartition()));
        }
        return new WithdrawReplicasRequest(from.getBrokerId(), from.getBrokerEpoch(), reason, parts);
    }

    /** Cannot fail. */
    public static io.millrace.internal.v1.ReassignPartitionsRequest encode(ReassignPartitionsRequest request) {
        var to = io.millrace.internal.v1.ReassignPartitionsRequest.newBuilder()
                .setBytesPerSecond(request.bytesPerSecond());
        for (ReassignPartitionsRequest.Part part : request.parts()) {
            var message = to.addPartsBuilder().setPartition(Partitions.encode(part.partition()));
            part.target()
                    .ifPresent(target ->
                            message.setTarget(ReplicaAssignment.newBuilder().addAllBrokerIds(target)));
        }
        return to.build();
    }

    /** Refuses partitions that cannot be and lists without an end. */
    public static ReassignPartitionsRequest decode(io.millrace.internal.v1.ReassignPartitionsRequest from)
            throws MalformedMessageException {
        List<ReassignPartitionsRequest.Part> parts = new ArrayList<>(parts(from.getPartsCount()));
        for (io.millrace.internal.v1.ReassignPartitionsRequest.Part part : from.getPartsList()) {
            replicas(part.getTarget().getBrokerIdsCount());
            Optional<List<Integer>> target =
                    part.hasTarget() ? Optional.of(part.getTarget().getBrokerIdsList()) : Optional.empty();
            parts.add(new ReassignPartitionsRequest.Part(Partitions.decodeAnyName(part.getPartition()), target));
        }
        return new ReassignPartitionsRequest(parts, from.getBytesPerSecond());
    }

    /** Cannot fail. */
    public static io.millrace.internal.v1.ElectLeadersRequest encode(ElectLeadersRequest request) {
        return io.millrace.internal.v1.ElectLeadersRequest.newBuilder()
                .setKind(
                        switch (request.kind()) {
                            case PREFERRED -> io.millrace.internal.v1.ElectLeadersRequest.Kind.KIND_PREFERRED;
                            case UNCLEAN -> io.millrace.internal.v1.ElectLeadersRequest.Kind.KIND_UNCLEAN;
                        })
                .addAllPartitions(
                        request.partitions().stream().map(Partitions::encode).toList())
                .build();
    }

    /** Refuses partitions that cannot be, lists without an end, and elections that this version does not know. */
    public static ElectLeadersRequest decode(io.millrace.internal.v1.ElectLeadersRequest from)
            throws MalformedMessageException {
        ElectLeadersRequest.Kind kind = switch (from.getKind()) {
            case KIND_PREFERRED -> ElectLeadersRequest.Kind.PREFERRED;
            case KIND_UNCLEAN -> ElectLeadersRequest.Kind.UNCLEAN;
            case KIND_UNSPECIFIED, UNRECOGNIZED ->
                throw new MalformedMessageException("An election is of no kind that this version knows.");
        };
        List<TopicPartition> partitions = new ArrayList<>(parts(from.getPartitionsCount()));
        for (io.millrace.internal.v1.TopicPartition partition : from.getPartitionsList()) {
            partitions.add(Partitions.decodeAnyName(partition));
        }
        return new ElectLeadersRequest(kind, partitions);
    }

    private static int parts(int count) throws MalformedMessageException {
        if (count > PARTS_MAX) {
            throw new MalformedMessageException(
                    "A request is about at most " + PARTS_MAX + " partitions; this one is about " + count + ".");
        }
        return count;
    }

    private static void replicas(int count) throws MalformedMessageException {
        if (count > REPLICAS_MAX) {
            throw new MalformedMessageException(
                    "A partition has at most " + REPLICAS_MAX + " replicas; this one has " + count + ".");
        }
    }
}
