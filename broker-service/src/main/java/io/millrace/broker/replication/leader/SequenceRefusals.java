package io.millrace.broker.replication.leader;

import io.millrace.broker.log.producers.SequenceVerdict;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.BatchHeader;

/** What producers are told whose batches do not fit to what they wrote before. */
final class SequenceRefusals {
    private SequenceRefusals() {}

    /**
     * Why the batch is refused. One that is in the log is a duplicate only when it is as safe as was asked for: clients take
     * that for a success.
     *
     * @param safeEnd before it everything is that safe
     */
    static Refusal of(SequenceVerdict.Misfit misfit, TopicPartition partition, BatchHeader batch, long safeEnd) {
        String sender = sender(partition, batch);
        return switch (misfit) {
            case SequenceVerdict.OutOfOrder(int expected) ->
                new Refusal.OutOfOrderSequence(sender + " was expected to go on with sequence " + expected + ".");
            case SequenceVerdict.OldEpoch(short present) ->
                new Refusal.InvalidProducerEpoch(sender + " is fenced: the producer has epoch " + present + " there.");
            case SequenceVerdict.RepeatsLongAgo(long before) ->
                before <= safeEnd
                        ? new Refusal.DuplicateSequence(
                                sender + " is in the log already, before the last batches of the producer.")
                        : new Refusal.TimedOut(
                                sender + " is in the log already, but not acknowledged yet; it may still stand.");
        };
    }

    private static String sender(TopicPartition partition, BatchHeader batch) {
        return "The batch of producer " + batch.producerId() + ", epoch " + batch.producerEpoch() + ", sequence "
                + batch.baseSequence() + " to partition " + partition;
    }
}
