package io.millrace.gateway.kafka.handler;

import io.millrace.core.api.Refusal;
import io.millrace.gateway.errors.KafkaError;
import org.apache.kafka.common.protocol.Errors;

/** The errors with which refusals are told to Kafka clients. */
public final class ProtocolErrors {
    private ProtocolErrors() {}

    /** For requests that are about more than a partition. */
    public static Errors of(Refusal refusal) {
        return Errors.forCode(KafkaError.of(refusal).code());
    }

    /**
     * For requests about a partition. What passes by itself has to be an error after which every client looks at the metadata and
     * tries again, and nothing may have been stored.
     */
    public static Errors ofPartition(Refusal refusal) {
        return switch (refusal) {
            case Refusal.ShuttingDown r -> Errors.NOT_LEADER_OR_FOLLOWER;
            case Refusal.ControllerNotAvailable r -> Errors.NOT_LEADER_OR_FOLLOWER;
            case Refusal.Overloaded r -> Errors.NOT_LEADER_OR_FOLLOWER;
            default -> of(refusal);
        };
    }

    /** For requests about a topic as a whole. */
    public static Errors ofTopic(Refusal refusal) {
        return refusal instanceof Refusal.Overloaded ? Errors.REQUEST_TIMED_OUT : of(refusal);
    }
}
