package io.millrace.broker.partitions;

import io.millrace.broker.replication.leader.InSyncAnswer;
import io.millrace.broker.replication.leader.InSyncWish;
import io.millrace.core.model.TopicId;
import java.util.function.Consumer;

/** Where leaders have their in-sync sets changed. May be called from any thread. */
public interface InSyncRequests {
    /**
     * Asks for the change until it is known what became of it, or until the partition asks for another one.
     *
     * @param answerTo is called at most once, on any thread
     */
    void request(TopicId topicId, int partition, InSyncWish wish, Consumer<InSyncAnswer> answerTo);
}
