package io.millrace.rpc.wire;

import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicPartition;
import io.millrace.internal.v1.Refusal.Named;
import io.millrace.internal.v1.Refusal.NotEnoughReplicas;
import io.millrace.internal.v1.Refusal.OfBroker;
import io.millrace.internal.v1.Refusal.OfPartition;
import io.millrace.internal.v1.Refusal.OffsetOutOfRange;
import io.millrace.internal.v1.Refusal.Overloaded;
import io.millrace.internal.v1.Refusal.TooLarge;
import io.millrace.internal.v1.Refusal.UnknownPartition;

/** Refusals keep their facts on their way through another process. */
public final class Refusals {
    private Refusals() {}

    /** Cannot fail. */
    public static io.millrace.internal.v1.Refusal encode(Refusal refusal) {
        var to = io.millrace.internal.v1.Refusal.newBuilder();
        switch (refusal) {
            case Refusal.UnknownTopic(String topic) -> to.setUnknownTopic(named(topic, ""));
            case Refusal.UnknownPartition(TopicPartition partition, int partitionCount) ->
                to.setUnknownPartition(UnknownPartition.newBuilder()
                        .setPartition(Partitions.encode(partition))
                        .setPartitionCount(partitionCount));
            case Refusal.UnknownBroker(int brokerId) -> to.setUnknownBroker(brokerId);
            case Refusal.TopicExists(String topic, String message) -> to.setTopicExists(named(topic, message));
            case Refusal.InvalidTopicName(String name, String message) -> to.setInvalidTopicName(named(name, message));
            case Refusal.InvalidPartitionCount(String message) -> to.setInvalidPartitionCount(message);
            case Refusal.InvalidReplicationFactor(String message) -> to.setInvalidReplicationFactor(message);
            case Refusal.InvalidReplicaAssignment(String message) -> to.setInvalidReplicaAssignment(message);
            case Refusal.InvalidConfig(String name, String message) -> to.setInvalidConfig(named(name, message));
            case Refusal.InvalidRequest(String message) -> to.setInvalidRequest(message);
            case Refusal.Unsupported(String message) -> to.setUnsupported(message);
            case Refusal.TooLarge tooLarge -> to.setTooLarge(encode(tooLarge));
            case Refusal.CorruptBatch(String message) -> to.setCorruptBatch(message);
            case Refusal.InvalidBatch(String message) -> to.setInvalidBatch(message);
            case Refusal.OutOfOrderSequence(String message) -> to.setOutOfOrderSequence(message);
            case Refusal.DuplicateSequence(String message) -> to.setDuplicateSequence(message);
            case Refusal.InvalidProducerEpoch(String message) -> to.setInvalidProducerEpoch(message);
            case Refusal.UnsupportedCompression(String message) -> to.setUnsupportedCompression(message);
            case Refusal.OffsetOutOfRange outOfRange -> to.setOffsetOutOfRange(encode(outOfRange));
            case Refusal.LeaderNotAvailable(TopicPartition partition, String message) ->
                to.setLeaderNotAvailable(of(partition).setMessage(message));
            case Refusal.NotLeader(TopicPartition partition) -> to.setNotLeader(of(partition));
            case Refusal.StaleEpoch(String message) -> to.setStaleEpoch(message);
            case Refusal.NotEnoughReplicas tooFew -> to.setNotEnoughReplicas(encode(tooFew));
            case Refusal.IneligibleReplica(String message) -> to.setIneligibleReplica(message);
            case Refusal.ElectionNotNeeded(String message) -> to.setElectionNotNeeded(message);
            case Refusal.NoEligibleLeader(String message) -> to.setNoEligibleLeader(message);
            case Refusal.NoReassignmentInProgress(String message) -> to.setNoReassignmentInProgress(message);
            case Refusal.StorageFailed(String message) -> to.setStorageFailed(message);
            case Refusal.TimedOut(String message) -> to.setTimedOut(message);
            case Refusal.Overloaded(String message, long retryAfterMillis) ->
                to.setOverloaded(Overloaded.newBuilder().setMessage(message).setRetryAfterMillis(retryAfterMillis));
            case Refusal.ControllerNotAvailable(String message) -> to.setControllerNotAvailable(message);
            case Refusal.BrokerIdInUse(int brokerId, String message) ->
                to.setBrokerIdInUse(OfBroker.newBuilder().setBrokerId(brokerId).setMessage(message));
            case Refusal.RegistrationRefused(String message) -> to.setRegistrationRefused(message);
            case Refusal.ShuttingDown(String message) -> to.setShuttingDown(message);
        }
        return to.build();
    }

    /** Cannot fail: a reason that this version does not know, or that lacks its facts, is a refusal all the same. */
    public static Refusal decode(io.millrace.internal.v1.Refusal message) {
        try {
            return decodeKnown(message);
        } catch (MalformedMessageException e) {
            return new Refusal.Unsupported(
                    "The other process refused this for a reason that could not be read: " + e.problem());
        }
    }

    private static Refusal decodeKnown(io.millrace.internal.v1.Refusal from) throws MalformedMessageException {
        return switch (from.getReasonCase()) {
            case UNKNOWN_TOPIC ->
                new Refusal.UnknownTopic(from.getUnknownTopic().getName());
            case UNKNOWN_PARTITION -> decode(from.getUnknownPartition());
            case UNKNOWN_BROKER -> new Refusal.UnknownBroker(from.getUnknownBroker());
            case TOPIC_EXISTS ->
                new Refusal.TopicExists(
                        from.getTopicExists().getName(), from.getTopicExists().getMessage());
            case INVALID_TOPIC_NAME ->
                new Refusal.InvalidTopicName(
                        from.getInvalidTopicName().getName(),
                        from.getInvalidTopicName().getMessage());
            case INVALID_PARTITION_COUNT -> new Refusal.InvalidPartitionCount(from.getInvalidPartitionCount());
            case INVALID_REPLICATION_FACTOR -> new Refusal.InvalidReplicationFactor(from.getInvalidReplicationFactor());
            case INVALID_REPLICA_ASSIGNMENT -> new Refusal.InvalidReplicaAssignment(from.getInvalidReplicaAssignment());
            case INVALID_CONFIG ->
                new Refusal.InvalidConfig(
                        from.getInvalidConfig().getName(),
                        from.getInvalidConfig().getMessage());
            case INVALID_REQUEST -> new Refusal.InvalidRequest(from.getInvalidRequest());
            case UNSUPPORTED -> new Refusal.Unsupported(from.getUnsupported());
            case TOO_LARGE -> decode(from.getTooLarge());
            case CORRUPT_BATCH -> new Refusal.CorruptBatch(from.getCorruptBatch());
            case INVALID_BATCH -> new Refusal.InvalidBatch(from.getInvalidBatch());
            case OUT_OF_ORDER_SEQUENCE -> new Refusal.OutOfOrderSequence(from.getOutOfOrderSequence());
            case DUPLICATE_SEQUENCE -> new Refusal.DuplicateSequence(from.getDuplicateSequence());
            case INVALID_PRODUCER_EPOCH -> new Refusal.InvalidProducerEpoch(from.getInvalidProducerEpoch());
            case UNSUPPORTED_COMPRESSION -> new Refusal.UnsupportedCompression(from.getUnsupportedCompression());
            case OFFSET_OUT_OF_RANGE -> decode(from.getOffsetOutOfRange());
            case LEADER_NOT_AVAILABLE ->
                new Refusal.LeaderNotAvailable(
                        partition(from.getLeaderNotAvailable()),
                        from.getLeaderNotAvailable().getMessage());
            case NOT_LEADER -> new Refusal.NotLeader(partition(from.getNotLeader()));
            case STALE_EPOCH -> new Refusal.StaleEpoch(from.getStaleEpoch());
            case NOT_ENOUGH_REPLICAS -> decode(from.getNotEnoughReplicas());
            case INELIGIBLE_REPLICA -> new Refusal.IneligibleReplica(from.getIneligibleReplica());
            case ELECTION_NOT_NEEDED -> new Refusal.ElectionNotNeeded(from.getElectionNotNeeded());
            case NO_ELIGIBLE_LEADER -> new Refusal.NoEligibleLeader(from.getNoEligibleLeader());
            case NO_REASSIGNMENT_IN_PROGRESS ->
                new Refusal.NoReassignmentInProgress(from.getNoReassignmentInProgress());
            case STORAGE_FAILED -> new Refusal.StorageFailed(from.getStorageFailed());
            case TIMED_OUT -> new Refusal.TimedOut(from.getTimedOut());
            case OVERLOADED -> decode(from.getOverloaded());
            case CONTROLLER_NOT_AVAILABLE -> new Refusal.ControllerNotAvailable(from.getControllerNotAvailable());
            case BROKER_ID_IN_USE ->
                new Refusal.BrokerIdInUse(
                        from.getBrokerIdInUse().getBrokerId(),
                        from.getBrokerIdInUse().getMessage());
            case REGISTRATION_REFUSED -> new Refusal.RegistrationRefused(from.getRegistrationRefused());
            case SHUTTING_DOWN -> new Refusal.ShuttingDown(from.getShuttingDown());
            case REASON_NOT_SET -> throw new MalformedMessageException("It gave none that this version knows.");
        };
    }

    private static Named.Builder named(String name, String message) {
        return Named.newBuilder().setName(name).setMessage(message);
    }

    private static OfPartition.Builder of(TopicPartition partition) {
        return OfPartition.newBuilder().setPartition(Partitions.encode(partition));
    }

    private static TopicPartition partition(OfPartition from) throws MalformedMessageException {
        return Partitions.decodeAnyName(from.getPartition());
    }

    private static Refusal decode(UnknownPartition from) throws MalformedMessageException {
        return new Refusal.UnknownPartition(Partitions.decodeAnyName(from.getPartition()), from.getPartitionCount());
    }

    private static TooLarge encode(Refusal.TooLarge from) {
        return TooLarge.newBuilder()
                .setSizeBytes(from.sizeBytes())
                .setLimitBytes(from.limitBytes())
                .setMessage(from.message())
                .build();
    }

    private static Refusal decode(TooLarge from) {
        return new Refusal.TooLarge(from.getSizeBytes(), from.getLimitBytes(), from.getMessage());
    }

    private static OffsetOutOfRange encode(Refusal.OffsetOutOfRange from) {
        return OffsetOutOfRange.newBuilder()
                .setPartition(Partitions.encode(from.partition()))
                .setOffset(from.offset())
                .setLogStartOffset(from.logStartOffset())
                .setLogEndOffset(from.logEndOffset())
                .build();
    }

    private static Refusal decode(OffsetOutOfRange from) throws MalformedMessageException {
        return new Refusal.OffsetOutOfRange(
                Partitions.decodeAnyName(from.getPartition()),
                from.getOffset(),
                from.getLogStartOffset(),
                from.getLogEndOffset());
    }

    private static NotEnoughReplicas encode(Refusal.NotEnoughReplicas from) {
        return NotEnoughReplicas.newBuilder()
                .setPartition(Partitions.encode(from.partition()))
                .setInSync(from.inSync())
                .setMinInSync(from.minInSync())
                .build();
    }

    private static Refusal decode(NotEnoughReplicas from) throws MalformedMessageException {
        return new Refusal.NotEnoughReplicas(
                Partitions.decodeAnyName(from.getPartition()), from.getInSync(), from.getMinInSync());
    }

    private static Refusal decode(Overloaded from) throws MalformedMessageException {
        if (from.getRetryAfterMillis() < 0) {
            throw new MalformedMessageException("It asked to wait for " + from.getRetryAfterMillis() + " ms.");
        }
        return new Refusal.Overloaded(from.getMessage(), from.getRetryAfterMillis());
    }
}
