package io.millrace.broker.partitions;

import io.millrace.core.api.WithdrawReplicasRequest;
import io.millrace.core.model.TopicId;
import java.util.concurrent.CompletableFuture;

/** Tells the controller of replicas that are not what the picture says. Safe for all threads. */
public interface Withdrawals {
    /**
     * The future completes when the controller has answered, however often it has to be asked: with whether nobody counts on
     * the replica from now on. While no other replica can take its place the answer is no, and the controller is asked again
     * now and then until it is yes.
     */
    CompletableFuture<Boolean> withdraw(WithdrawReplicasRequest.Reason reason, TopicId topicId, int partition);
}
