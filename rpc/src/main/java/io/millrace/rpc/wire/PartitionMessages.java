package io.millrace.rpc.wire;

import io.millrace.core.api.DeleteRecordsRequest;
import io.millrace.core.api.DescribePartitionsRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionStatus;
import io.millrace.core.api.ReplicaStatus;
import io.millrace.core.model.TopicPartition;
import io.millrace.internal.v1.PartitionOutcome;
import java.util.ArrayList;
import java.util.List;

/** What is asked about partitions as a whole: to tell their state, and to forget their beginning. */
public final class PartitionMessages {
    private PartitionMessages() {}

    /** What to forget. */
    public static io.millrace.internal.v1.DeleteRecordsRequest encode(
            BrokerAddressed to, DeleteRecordsRequest request) {
        io.millrace.internal.v1.DeleteRecordsRequest.Builder message =
                io.millrace.internal.v1.DeleteRecordsRequest.newBuilder().setTo(to.encode());
        for (DeleteRecordsRequest.Part part : request.parts()) {
            message.addParts(io.millrace.internal.v1.DeleteRecordsRequest.Part.newBuilder()
                    .setPartition(Partitions.encode(part.partition()))
                    .setBeforeOffset(part.beforeOffset()));
        }
        return message.build();
    }

    /** Who the request is for. */
    public static BrokerAddressed addressee(io.millrace.internal.v1.DeleteRecordsRequest message)
            throws MalformedMessageException {
        return BrokerAddressed.decode(message.hasTo(), message.getTo());
    }

    /** What to forget. */
    public static DeleteRecordsRequest decode(io.millrace.internal.v1.DeleteRecordsRequest message)
            throws MalformedMessageException {
        List<DeleteRecordsRequest.Part> parts = new ArrayList<>(message.getPartsCount());
        for (io.millrace.internal.v1.DeleteRecordsRequest.Part part : message.getPartsList()) {
            parts.add(new DeleteRecordsRequest.Part(Partitions.decode(part.getPartition()), part.getBeforeOffset()));
        }
        return new DeleteRecordsRequest(parts);
    }

    /** What to describe. */
    public static io.millrace.internal.v1.DescribePartitionsRequest encode(
            BrokerAddressed to, DescribePartitionsRequest request) {
        io.millrace.internal.v1.DescribePartitionsRequest.Builder message =
                io.millrace.internal.v1.DescribePartitionsRequest.newBuilder().setTo(to.encode());
        request.partitions().forEach(partition -> message.addPartitions(Partitions.encode(partition)));
        return message.build();
    }

    /** Who the request is for. */
    public static BrokerAddressed addressee(io.millrace.internal.v1.DescribePartitionsRequest message)
            throws MalformedMessageException {
        return BrokerAddressed.decode(message.hasTo(), message.getTo());
    }

    /** What to describe. */
    public static DescribePartitionsRequest decode(io.millrace.internal.v1.DescribePartitionsRequest message)
            throws MalformedMessageException {
        List<TopicPartition> partitions = new ArrayList<>(message.getPartitionsCount());
        for (io.millrace.internal.v1.TopicPartition partition : message.getPartitionsList()) {
            partitions.add(Partitions.decode(partition));
        }
        return new DescribePartitionsRequest(partitions);
    }

    /** States of partitions, part by part. */
    public static List<PartitionOutcome> encode(List<Outcome<PartitionStatus>> outcomes) {
        List<PartitionOutcome> messages = new ArrayList<>(outcomes.size());
        for (Outcome<PartitionStatus> outcome : outcomes) {
            PartitionOutcome.Builder message = PartitionOutcome.newBuilder();
            messages.add(Outcomes.encode(outcome, status -> message.setStatus(encode(status)), message::setRefusal)
                    .build());
        }
        return messages;
    }

    /** States of partitions, part by part. */
    public static List<Outcome<PartitionStatus>> decode(List<PartitionOutcome> messages)
            throws MalformedMessageException {
        List<Outcome<PartitionStatus>> outcomes = new ArrayList<>(messages.size());
        for (PartitionOutcome message : messages) {
            outcomes.add(
                    switch (message.getOutcomeCase()) {
                        case STATUS -> Outcome.done(decode(message.getStatus()));
                        case REFUSAL -> Outcomes.refused(message.getRefusal());
                        case OUTCOME_NOT_SET -> throw new MalformedMessageException("A part of the answer is empty.");
                    });
        }
        return outcomes;
    }

    private static io.millrace.internal.v1.PartitionStatus encode(PartitionStatus status) {
        return io.millrace.internal.v1.PartitionStatus.newBuilder()
                .setLogStartOffset(status.logStartOffset())
                .setHighWatermark(status.highWatermark())
                .setLastStableOffset(status.lastStableOffset())
                .setLogEndOffset(status.logEndOffset())
                .setSizeBytes(status.sizeBytes())
                .addAllReplicas(status.replicas().stream()
                        .map(PartitionMessages::encode)
                        .toList())
                .build();
    }

    private static PartitionStatus decode(io.millrace.internal.v1.PartitionStatus message) {
        return new PartitionStatus(
                message.getLogStartOffset(),
                message.getHighWatermark(),
                message.getLastStableOffset(),
                message.getLogEndOffset(),
                message.getSizeBytes(),
                message.getReplicasList().stream()
                        .map(PartitionMessages::decode)
                        .toList());
    }

    private static io.millrace.internal.v1.ReplicaStatus encode(ReplicaStatus replica) {
        return io.millrace.internal.v1.ReplicaStatus.newBuilder()
                .setBrokerId(replica.brokerId())
                .setLogEndOffset(replica.logEndOffset())
                .setDurableEndOffset(replica.durableEndOffset())
                .setInSync(replica.inSync())
                .setCaughtUpMillisAgo(replica.caughtUpMillisAgo())
                .build();
    }

    private static ReplicaStatus decode(io.millrace.internal.v1.ReplicaStatus message) {
        return new ReplicaStatus(
                message.getBrokerId(),
                message.getLogEndOffset(),
                message.getDurableEndOffset(),
                message.getInSync(),
                message.getCaughtUpMillisAgo());
    }
}
