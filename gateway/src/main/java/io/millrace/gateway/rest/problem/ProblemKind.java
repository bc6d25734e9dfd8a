package io.millrace.gateway.rest.problem;

import io.millrace.gateway.errors.KafkaError;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Every kind of error that the REST door answers with: the catalogue behind the {@code type} links. The numbers are those
 * that Confluent's REST clients know, the names those of the Kafka protocol where it has one.
 */
public enum ProblemKind {
    UNKNOWN_TOPIC("Unknown topic", 404, 40403, KafkaError.UNKNOWN_TOPIC_OR_PARTITION),
    UNKNOWN_PARTITION("Unknown partition", 404, 40403, KafkaError.UNKNOWN_TOPIC_OR_PARTITION),
    UNKNOWN_CLUSTER("Unknown cluster", 404, 40401, null),
    UNKNOWN_BROKER("Unknown broker", 404, 40402, KafkaError.BROKER_ID_NOT_REGISTERED),
    UNKNOWN_CONFIG("Unknown config", 404, 40404, KafkaError.INVALID_CONFIG),
    UNKNOWN_PATH("Unknown path", 404, 404, null),
    TOPIC_EXISTS("Topic exists", 400, 40002, KafkaError.TOPIC_ALREADY_EXISTS),
    INVALID_TOPIC_NAME("Invalid topic name", 400, 40002, KafkaError.INVALID_TOPIC_EXCEPTION),
    INVALID_PARTITION_COUNT("Invalid partition count", 400, 40002, KafkaError.INVALID_PARTITIONS),
    INVALID_REPLICATION_FACTOR("Invalid replication factor", 400, 40002, KafkaError.INVALID_REPLICATION_FACTOR),
    INVALID_REPLICA_ASSIGNMENT("Invalid replica assignment", 400, 40002, KafkaError.INVALID_REPLICA_ASSIGNMENT),
    INVALID_CONFIG("Invalid config", 400, 40002, KafkaError.INVALID_CONFIG),
    INVALID_REQUEST("Invalid request", 400, 40002, KafkaError.INVALID_REQUEST),
    INVALID_BATCH("Invalid batch", 400, 40002, KafkaError.INVALID_RECORD),
    CORRUPT_BATCH("Corrupt batch", 400, 40002, KafkaError.CORRUPT_MESSAGE),
    UNSUPPORTED_COMPRESSION("Unsupported compression", 400, 40002, KafkaError.UNSUPPORTED_COMPRESSION_TYPE),
    MALFORMED_HTTP("Malformed HTTP request", 400, 400, null),
    UNPARSABLE("Unparsable or missing input", 422, 42201, KafkaError.INVALID_REQUEST),
    NOT_OFFERED("Not offered", 422, 42202, KafkaError.UNSUPPORTED_VERSION),
    TOO_LARGE("Too large", 413, 413, KafkaError.MESSAGE_TOO_LARGE),
    OFFSET_OUT_OF_RANGE("Offset out of range", 416, 41601, KafkaError.OFFSET_OUT_OF_RANGE),
    INELIGIBLE_REPLICA("Ineligible replica", 503, 50003, KafkaError.INELIGIBLE_REPLICA),
    ELECTION_NOT_NEEDED("Election not needed", 409, 40905, KafkaError.ELECTION_NOT_NEEDED),
    NO_REASSIGNMENT_IN_PROGRESS("No reassignment in progress", 404, 40405, KafkaError.NO_REASSIGNMENT_IN_PROGRESS),
    NO_ELIGIBLE_LEADER("No eligible leader", 503, 50003, KafkaError.ELIGIBLE_LEADERS_NOT_AVAILABLE),
    OUT_OF_ORDER_SEQUENCE("Out of order sequence", 409, 40906, KafkaError.OUT_OF_ORDER_SEQUENCE_NUMBER),
    DUPLICATE_SEQUENCE("Duplicate sequence", 409, 40907, KafkaError.DUPLICATE_SEQUENCE_NUMBER),
    INVALID_PRODUCER_EPOCH("Invalid producer epoch", 409, 40908, KafkaError.INVALID_PRODUCER_EPOCH),
    STALE_EPOCH("Stale epoch", 409, 40904, KafkaError.FENCED_LEADER_EPOCH),
    METHOD_NOT_ALLOWED("Method not allowed", 405, 405, null),
    NOT_ACCEPTABLE("Not acceptable", 406, 406, null),
    UNSUPPORTED_MEDIA_TYPE("Unsupported media type", 415, 415, null),
    BODY_TIMED_OUT("The request body stopped coming", 408, 408, null),
    OVERLOADED("Too many requests", 429, 42901, KafkaError.THROTTLING_QUOTA_EXCEEDED),
    LEADER_NOT_AVAILABLE("Leader not available", 503, 50302, KafkaError.LEADER_NOT_AVAILABLE),
    NOT_LEADER("Not the leader", 503, 50003, KafkaError.NOT_LEADER_OR_FOLLOWER),
    NOT_ENOUGH_REPLICAS("Not enough in-sync replicas", 503, 50003, KafkaError.NOT_ENOUGH_REPLICAS),
    STORAGE_FAILED("Storage failed", 503, 50003, KafkaError.KAFKA_STORAGE_ERROR),
    CONTROLLER_NOT_AVAILABLE("Controller not available", 503, 50003, KafkaError.NOT_CONTROLLER),
    SHUTTING_DOWN("Shutting down", 503, 50003, KafkaError.BROKER_NOT_AVAILABLE),
    TIMED_OUT("Timed out", 504, 50003, KafkaError.REQUEST_TIMED_OUT),
    NOT_IMPLEMENTED("Not implemented", 501, 501, null),
    HTTP_VERSION("HTTP version not supported", 505, 505, null),
    INTERNAL("Internal error", 500, 50002, KafkaError.UNKNOWN_SERVER_ERROR);

    private final String title;
    private final int status;
    private final int errorCode;
    private final @Nullable KafkaError kafkaError;

    ProblemKind(String title, int status, int errorCode, @Nullable KafkaError kafkaError) {
        this.title = title;
        this.status = status;
        this.errorCode = errorCode;
        this.kafkaError = kafkaError;
    }

    /** The same sentence for every occurrence. */
    public String title() {
        return title;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Confluent's five digits, or the HTTP status where there are none. */
    public int errorCode() {
        return errorCode;
    }

    /** The error of the Kafka protocol, if it has one. */
    public @Nullable KafkaError kafkaError() {
        return kafkaError;
    }

    /** Says whether the same request may succeed later without a change. */
    public boolean retryable() {
        return kafkaError == null ? this == BODY_TIMED_OUT : kafkaError.retryable();
    }

    /** The last part of the {@code type} link. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind for an error that the servlet container or Spring found, of which only the status is known. */
    public static ProblemKind ofStatus(int status) {
        return switch (status) {
            case 404 -> UNKNOWN_PATH;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> BODY_TIMED_OUT;
            case 413 -> TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 501 -> NOT_IMPLEMENTED;
            case 505 -> HTTP_VERSION;
            case 503 -> SHUTTING_DOWN;
            default -> status < 500 ? MALFORMED_HTTP : INTERNAL;
        };
    }
}
