package io.millrace.gateway.rest.problem;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.errors.RetryDelay;
import java.util.Optional;

/** The one place that says what a refusal is in HTTP. */
public final class Refusals {
    private static final String SHOW_HEALTH = "millrace cluster health";

    private Refusals() {}

    /** The value of an outcome that was done; otherwise ends the request with the problem. */
    public static <T> T orProblem(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(Refusal refusal) -> throw problemOf(refusal).asException();
        };
    }

    /** What a refusal is in HTTP. */
    public static Problem problemOf(Refusal refusal) {
        Problem problem = Problem.of(kindOf(refusal), refusal.message());
        Problem hinted = hintOf(refusal).map(problem::withHint).orElse(problem);
        Problem timed = RetryDelay.after(refusal).map(hinted::withRetryAfter).orElse(hinted);
        return switch (refusal) {
            case Refusal.TooLarge large ->
                timed.with("size_bytes", large.sizeBytes()).with("limit_bytes", large.limitBytes());
            case Refusal.OffsetOutOfRange range ->
                timed.with("earliest", range.logStartOffset()).with("latest", range.logEndOffset());
            default -> timed;
        };
    }

    private static Optional<String> hintOf(Refusal refusal) {
        return Optional.ofNullable(
                switch (refusal) {
                    case Refusal.UnknownTopic ignored -> "millrace topic list";
                    case Refusal.UnknownPartition(TopicPartition partition, int ignored) -> describe(partition.topic());
                    case Refusal.UnknownBroker ignored -> "millrace broker list";
                    case Refusal.TopicExists there -> describe(there.topic());
                    case Refusal.NotEnoughReplicas few ->
                        describe(few.partition().topic());
                    case Refusal.StorageFailed ignored -> SHOW_HEALTH;
                    case Refusal.LeaderNotAvailable ignored -> SHOW_HEALTH;
                    case Refusal.ControllerNotAvailable ignored -> SHOW_HEALTH;
                    default -> null;
                });
    }

    private static String describe(String topic) {
        return "millrace topic describe " + topic;
    }

    private static ProblemKind kindOf(Refusal refusal) {
        return switch (refusal) {
            case Refusal.UnknownTopic ignored -> ProblemKind.UNKNOWN_TOPIC;
            case Refusal.UnknownPartition ignored -> ProblemKind.UNKNOWN_PARTITION;
            case Refusal.UnknownBroker ignored -> ProblemKind.UNKNOWN_BROKER;
            case Refusal.TopicExists ignored -> ProblemKind.TOPIC_EXISTS;
            case Refusal.InvalidTopicName ignored -> ProblemKind.INVALID_TOPIC_NAME;
            case Refusal.InvalidPartitionCount ignored -> ProblemKind.INVALID_PARTITION_COUNT;
            case Refusal.InvalidReplicationFactor ignored -> ProblemKind.INVALID_REPLICATION_FACTOR;
            case Refusal.InvalidReplicaAssignment ignored -> ProblemKind.INVALID_REPLICA_ASSIGNMENT;
            case Refusal.InvalidConfig ignored -> ProblemKind.INVALID_CONFIG;
            case Refusal.InvalidRequest ignored -> ProblemKind.INVALID_REQUEST;
            case Refusal.Unsupported ignored -> ProblemKind.NOT_OFFERED;
            case Refusal.TooLarge ignored -> ProblemKind.TOO_LARGE;
            case Refusal.CorruptBatch ignored -> ProblemKind.CORRUPT_BATCH;
            case Refusal.InvalidBatch ignored -> ProblemKind.INVALID_BATCH;
            case Refusal.OutOfOrderSequence ignored -> ProblemKind.OUT_OF_ORDER_SEQUENCE;
            case Refusal.DuplicateSequence ignored -> ProblemKind.DUPLICATE_SEQUENCE;
            case Refusal.InvalidProducerEpoch ignored -> ProblemKind.INVALID_PRODUCER_EPOCH;
            case Refusal.UnsupportedCompression ignored -> ProblemKind.UNSUPPORTED_COMPRESSION;
            case Refusal.OffsetOutOfRange ignored -> ProblemKind.OFFSET_OUT_OF_RANGE;
            case Refusal.LeaderNotAvailable ignored -> ProblemKind.LEADER_NOT_AVAILABLE;
            case Refusal.NotLeader ignored -> ProblemKind.NOT_LEADER;
            case Refusal.StaleEpoch ignored -> ProblemKind.STALE_EPOCH;
            case Refusal.NotEnoughReplicas ignored -> ProblemKind.NOT_ENOUGH_REPLICAS;
            case Refusal.IneligibleReplica ignored -> ProblemKind.INELIGIBLE_REPLICA;
            case Refusal.ElectionNotNeeded ignored -> ProblemKind.ELECTION_NOT_NEEDED;
            case Refusal.NoEligibleLeader ignored -> ProblemKind.NO_ELIGIBLE_LEADER;
            case Refusal.NoReassignmentInProgress ignored -> ProblemKind.NO_REASSIGNMENT_IN_PROGRESS;
            case Refusal.StorageFailed ignored -> ProblemKind.STORAGE_FAILED;
            case Refusal.TimedOut ignored -> ProblemKind.TIMED_OUT;
            case Refusal.Overloaded ignored -> ProblemKind.OVERLOADED;
            case Refusal.ControllerNotAvailable ignored -> ProblemKind.CONTROLLER_NOT_AVAILABLE;
            case Refusal.BrokerIdInUse ignored -> ProblemKind.INTERNAL;
            case Refusal.RegistrationRefused ignored -> ProblemKind.INTERNAL;
            case Refusal.ShuttingDown ignored -> ProblemKind.SHUTTING_DOWN;
        };
    }
}
