package io.millrace.gateway.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.errors.KafkaError;
import io.millrace.gateway.errors.RetryDelay;

/** The gRPC status that tells a client about a refusal of its whole request, with details for programs. */
final class RefusalStatus {
    static final String DOMAIN = "millrace";

    /**
     * Most characters of a text that may come from the client. Statuses travel as headers, percent-encoded and again in
     * base64, and clients take 8 KiB of headers by default.
     */
    private static final int TEXT_LENGTH_MAX = 400;

    private RefusalStatus() {}

    static StatusRuntimeException of(Refusal refusal) {
        Status.Builder status = Status.newBuilder()
                .setCode(codeOf(refusal).value())
                .setMessage(abbreviated(refusal.message()))
                .addDetails(Any.pack(infoOf(refusal)));
        RetryDelay.after(refusal).ifPresent(delay -> status.addDetails(Any.pack(retryAfter(delay))));
        return StatusProto.toStatusRuntimeException(status.build());
    }

    /** For a bug: says nothing about the inside. */
    static StatusRuntimeException ofBug() {
        ErrorInfo info = ErrorInfo.newBuilder()
                .setDomain(DOMAIN)
                .setReason(KafkaError.UNKNOWN_SERVER_ERROR.name())
                .build();
        return StatusProto.toStatusRuntimeException(Status.newBuilder()
                .setCode(Code.INTERNAL.value())
                .setMessage("The request failed by a fault of the server; its log tells more.")
                .addDetails(Any.pack(info))
                .build());
    }

    static String abbreviated(String text) {
        return text.length() <= TEXT_LENGTH_MAX ? text : text.substring(0, TEXT_LENGTH_MAX) + "...";
    }

    private static Code codeOf(Refusal refusal) {
        return switch (refusal) {
            case Refusal.UnknownTopic r -> Code.NOT_FOUND;
            case Refusal.UnknownPartition r -> Code.NOT_FOUND;
            case Refusal.UnknownBroker r -> Code.NOT_FOUND;
            case Refusal.TopicExists r -> Code.ALREADY_EXISTS;
            case Refusal.InvalidTopicName r -> Code.INVALID_ARGUMENT;
            case Refusal.InvalidPartitionCount r -> Code.INVALID_ARGUMENT;
            case Refusal.InvalidReplicationFactor r -> Code.INVALID_ARGUMENT;
            case Refusal.InvalidReplicaAssignment r -> Code.INVALID_ARGUMENT;
            case Refusal.InvalidConfig r -> Code.INVALID_ARGUMENT;
            case Refusal.InvalidRequest r -> Code.INVALID_ARGUMENT;
            case Refusal.Unsupported r -> Code.UNIMPLEMENTED;
            case Refusal.TooLarge r -> Code.INVALID_ARGUMENT;
            case Refusal.InvalidBatch r -> Code.INVALID_ARGUMENT;
            case Refusal.OutOfOrderSequence r -> Code.FAILED_PRECONDITION;
            case Refusal.DuplicateSequence r -> Code.ALREADY_EXISTS;
            case Refusal.InvalidProducerEpoch r -> Code.FAILED_PRECONDITION;
            case Refusal.UnsupportedCompression r -> Code.INVALID_ARGUMENT;
            case Refusal.OffsetOutOfRange r -> Code.OUT_OF_RANGE;
            case Refusal.LeaderNotAvailable r -> Code.UNAVAILABLE;
            case Refusal.NotLeader r -> Code.UNAVAILABLE;
            case Refusal.NotEnoughReplicas r -> Code.UNAVAILABLE;
            case Refusal.IneligibleReplica r -> Code.UNAVAILABLE;
            case Refusal.ElectionNotNeeded r -> Code.FAILED_PRECONDITION;
            case Refusal.NoEligibleLeader r -> Code.UNAVAILABLE;
            case Refusal.NoReassignmentInProgress r -> Code.NOT_FOUND;
            case Refusal.StorageFailed r -> Code.UNAVAILABLE;
            case Refusal.ControllerNotAvailable r -> Code.UNAVAILABLE;
            case Refusal.ShuttingDown r -> Code.UNAVAILABLE;
            case Refusal.StaleEpoch r -> Code.ABORTED;
            case Refusal.TimedOut r -> Code.DEADLINE_EXCEEDED;
            case Refusal.Overloaded r -> Code.RESOURCE_EXHAUSTED;
            case Refusal.CorruptBatch r -> Code.INTERNAL;
            case Refusal.BrokerIdInUse r -> Code.INTERNAL;
            case Refusal.RegistrationRefused r -> Code.INTERNAL;
        };
    }

    private static ErrorInfo infoOf(Refusal refusal) {
        ErrorInfo.Builder info = ErrorInfo.newBuilder()
                .setDomain(DOMAIN)
                .setReason(KafkaError.of(refusal).name());
        switch (refusal) {
            case Refusal.UnknownTopic r -> put(info, "topic", r.topic());
            case Refusal.TopicExists r -> put(info, "topic", r.topic());
            case Refusal.InvalidTopicName r -> put(info, "topic", r.name());
            case Refusal.UnknownPartition r -> put(info, r.partition());
            case Refusal.LeaderNotAvailable r -> put(info, r.partition());
            case Refusal.NotLeader r -> put(info, r.partition());
            case Refusal.NotEnoughReplicas r -> put(info, r.partition());
            case Refusal.InvalidConfig r -> put(info, "config", r.name());
            case Refusal.TooLarge r -> put(info, "limit_bytes", Long.toString(r.limitBytes()));
            case Refusal.OffsetOutOfRange r -> {
                put(info, r.partition());
                put(info, "log_start_offset", Long.toString(r.logStartOffset()));
                put(info, "log_end_offset", Long.toString(r.logEndOffset()));
            }
            default -> {}
        }
        return info.build();
    }

    private static void put(ErrorInfo.Builder info, TopicPartition partition) {
        put(info, "topic", partition.topic());
        put(info, "partition", Integer.toString(partition.partition()));
    }

    private static void put(ErrorInfo.Builder info, String name, String value) {
        info.putMetadata(name, abbreviated(value));
    }

    private static RetryInfo retryAfter(java.time.Duration delay) {
        return RetryInfo.newBuilder()
                .setRetryDelay(
                        Duration.newBuilder().setSeconds(delay.getSeconds()).setNanos(delay.getNano()))
                .build();
    }
}
