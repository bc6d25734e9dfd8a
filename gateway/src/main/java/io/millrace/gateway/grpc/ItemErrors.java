package io.millrace.gateway.grpc;

import io.millrace.core.api.Refusal;
import io.millrace.gateway.errors.KafkaError;
import io.millrace.v1.RecordError;

/** Tells about the refusal of one item of a request, which is data and no status. */
final class ItemErrors {
    private ItemErrors() {}

    static RecordError of(Refusal refusal) {
        KafkaError error = KafkaError.of(refusal);
        return RecordError.newBuilder()
                .setKafkaErrorCode(error.code())
                .setKafkaError(error.name())
                .setMessage(RefusalStatus.abbreviated(refusal.message()))
                .setRetryable(error.retryable())
                .build();
    }
}
