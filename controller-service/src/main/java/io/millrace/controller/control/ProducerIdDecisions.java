package io.millrace.controller.control;

import io.millrace.core.api.ProducerIdBlock;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.ProducerIdsRecord;
import io.millrace.core.model.ProducerIdSpace;
import io.millrace.core.statemachine.Decision;

/**
 * Gives producer ids. What is committed before the answer is how many were given, so ids whose answer was lost belong to
 * nobody, and none belongs to two.
 */
final class ProducerIdDecisions {
    private ProducerIdDecisions() {}

    static Decision<MetadataKey, MetadataRecord, ProducerIdBlock> allocate(ClusterImage image, int count) {
        if (count < 1 || count > ProducerIdBlock.COUNT_MAX) {
            return Decision.refused(new Refusal.InvalidRequest(
                    "1 to " + ProducerIdBlock.COUNT_MAX + " producer ids are given at once, not " + count + "."));
        }
        long first = image.nextProducerId();
        if (first > ProducerIdSpace.DERIVED_MIN - count) {
            return Decision.refused(new Refusal.InvalidRequest("All producer ids have been given."));
        }
        return Decision.of(
                new Changes().put(new ProducerIdsRecord(first + count)).list(), new ProducerIdBlock(first, count));
    }
}
