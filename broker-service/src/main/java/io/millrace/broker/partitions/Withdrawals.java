package io.millrace.broker.partitions;

import io.millrace.core.api.WithdrawReplicasRequest;
import io.millrace.core.model.TopicId;
import java.util.concurrent.CompletableFuture;

/** Tells the controller of replicas that are not what the picture says. Safe for all threads. */
public interface Withdrawals {
    /** The future completes when the controller has answered, however often it has to be asked. */
    CompletableFuture<Void> withdraw(WithdrawReplicasRequest.Reason reason, TopicId topicId, int partition);
}
