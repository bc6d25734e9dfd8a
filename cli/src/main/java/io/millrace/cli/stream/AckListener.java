package io.millrace.cli.stream;

import io.millrace.v1.ProduceResult;
import java.util.List;

/** Hears of acknowledged batches, in the order they were sent, on a thread of the gRPC client. */
public interface AckListener {
    /**
     * Takes note of what became of a batch.
     *
     * @param sequence the number that {@link RecordStream#send} gave the batch
     * @param results one for each of its records
     * @param nanosOnTheWay from the moment when it was given to the transport
     */
    void acknowledged(long sequence, List<ProduceResult> results, long nanosOnTheWay);
}
