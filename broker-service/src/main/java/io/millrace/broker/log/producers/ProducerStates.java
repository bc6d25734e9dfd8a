package io.millrace.broker.log.producers;

import io.millrace.core.api.ActiveProducer;
import io.millrace.core.records.BatchHeader;
import java.util.List;

/** What a log knows of idempotent producers, to be asked only. Confined to the partition's event loop. */
public interface ProducerStates {
    /** How a batch that wants to be appended fits to what its producer wrote before. Costs the same however much is known. */
    SequenceVerdict verdictOn(BatchHeader batch);

    /** How many producers are known. */
    int count();

    /** Each with what it wrote last; who was heard last at the end. */
    List<ActiveProducer> active();
}
