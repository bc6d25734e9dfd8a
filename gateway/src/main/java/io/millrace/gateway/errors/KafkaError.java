package io.millrace.gateway.errors;

import io.millrace.core.api.Refusal;

/**
 * The errors of Kafka's protocol that a client of ours can meet. The constants carry the protocol's names, so that
 * {@link #name()} may be shown; the numbers are the protocol's too.
 *
 * <p>Retryable means that the same request, sent again unchanged, may succeed. That is stricter than in Kafka, whose
 * clients also retry an unknown topic or a fenced epoch, but only after a look at the metadata that ours do not have.
 */
public enum KafkaError {
    UNKNOWN_SERVER_ERROR(-1, false),
    OFFSET_OUT_OF_RANGE(1, false),
    CORRUPT_MESSAGE(2, false),
    UNKNOWN_TOPIC_OR_PARTITION(3, false),
    LEADER_NOT_AVAILABLE(5, true),
    NOT_LEADER_OR_FOLLOWER(6, true),
    REQUEST_TIMED_OUT(7, true),
    BROKER_NOT_AVAILABLE(8, true),
    MESSAGE_TOO_LARGE(10, false),
    INVALID_TOPIC_EXCEPTION(17, false),
    NOT_ENOUGH_REPLICAS(19, true),
    UNSUPPORTED_VERSION(35, false),
    TOPIC_ALREADY_EXISTS(36, false),
    INVALID_PARTITIONS(37, false),
    INVALID_REPLICATION_FACTOR(38, false),
    INVALID_REPLICA_ASSIGNMENT(39, false),
    INVALID_CONFIG(40, false),
    NOT_CONTROLLER(41, true),
    INVALID_REQUEST(42, false),
    OUT_OF_ORDER_SEQUENCE_NUMBER(45, false),
    DUPLICATE_SEQUENCE_NUMBER(46, false),
    INVALID_PRODUCER_EPOCH(47, false),
    KAFKA_STORAGE_ERROR(56, true),
    FENCED_LEADER_EPOCH(74, false),
    UNSUPPORTED_COMPRESSION_TYPE(76, false),
    ELIGIBLE_LEADERS_NOT_AVAILABLE(83, true),
    ELECTION_NOT_NEEDED(84, false),
    NO_REASSIGNMENT_IN_PROGRESS(85, false),
    INVALID_RECORD(87, false),
    THROTTLING_QUOTA_EXCEEDED(89, true),
    DUPLICATE_BROKER_REGISTRATION(101, false),
    BROKER_ID_NOT_REGISTERED(102, false),
    INELIGIBLE_REPLICA(107, true);

    private final short code;
    private final boolean retryable;

    KafkaError(int code, boolean retryable) {
        this.code = (short) code;
        this.retryable = retryable;
    }

    /** The error that stands for a refusal. */
    public static KafkaError of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.UnknownTopic r -> UNKNOWN_TOPIC_OR_PARTITION;
            case Refusal.UnknownPartition r -> UNKNOWN_TOPIC_OR_PARTITION;
            case Refusal.UnknownBroker r -> BROKER_ID_NOT_REGISTERED;
            case Refusal.TopicExists r -> TOPIC_ALREADY_EXISTS;
            case Refusal.InvalidTopicName r -> INVALID_TOPIC_EXCEPTION;
            case Refusal.InvalidPartitionCount r -> INVALID_PARTITIONS;
            case Refusal.InvalidReplicationFactor r -> INVALID_REPLICATION_FACTOR;
            case Refusal.InvalidReplicaAssignment r -> INVALID_REPLICA_ASSIGNMENT;
            case Refusal.InvalidConfig r -> INVALID_CONFIG;
            case Refusal.InvalidRequest r -> INVALID_REQUEST;
            case Refusal.Unsupported r -> UNSUPPORTED_VERSION;
            case Refusal.TooLarge r -> MESSAGE_TOO_LARGE;
            case Refusal.CorruptBatch r -> CORRUPT_MESSAGE;
            case Refusal.InvalidBatch r -> INVALID_RECORD;
            case Refusal.OutOfOrderSequence r -> OUT_OF_ORDER_SEQUENCE_NUMBER;
            case Refusal.DuplicateSequence r -> DUPLICATE_SEQUENCE_NUMBER;
            case Refusal.InvalidProducerEpoch r -> INVALID_PRODUCER_EPOCH;
            case Refusal.UnsupportedCompression r -> UNSUPPORTED_COMPRESSION_TYPE;
            case Refusal.OffsetOutOfRange r -> OFFSET_OUT_OF_RANGE;
            case Refusal.LeaderNotAvailable r -> LEADER_NOT_AVAILABLE;
            case Refusal.NotLeader r -> NOT_LEADER_OR_FOLLOWER;
            case Refusal.StaleEpoch r -> FENCED_LEADER_EPOCH;
            case Refusal.NotEnoughReplicas r -> NOT_ENOUGH_REPLICAS;
            case Refusal.IneligibleReplica r -> INELIGIBLE_REPLICA;
            case Refusal.ElectionNotNeeded r -> ELECTION_NOT_NEEDED;
            case Refusal.NoEligibleLeader r -> ELIGIBLE_LEADERS_NOT_AVAILABLE;
            case Refusal.NoReassignmentInProgress r -> NO_REASSIGNMENT_IN_PROGRESS;
            case Refusal.StorageFailed r -> KAFKA_STORAGE_ERROR;
            case Refusal.TimedOut r -> REQUEST_TIMED_OUT;
            case Refusal.Overloaded r -> THROTTLING_QUOTA_EXCEEDED;
            case Refusal.ControllerNotAvailable r -> NOT_CONTROLLER;
            case Refusal.BrokerIdInUse r -> DUPLICATE_BROKER_REGISTRATION;
            case Refusal.RegistrationRefused r -> DUPLICATE_BROKER_REGISTRATION;
            case Refusal.ShuttingDown r -> BROKER_NOT_AVAILABLE;
        };
    }

    /** The number in Kafka's protocol. */
    public short code() {
        return code;
    }

    /** Whether the same request, sent again unchanged, may succeed. */
    public boolean retryable() {
        return retryable;
    }
}
