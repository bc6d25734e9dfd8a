package io.millrace.broker.log.producers;

import java.nio.ByteBuffer;

/**
 * What was known of producers by the batches before an offset; may be written on any thread.
 *
 * @param content the bytes of the file
 */
public record ProducerSnapshot(long offset, ByteBuffer content) {
    /**
     * What is known now.
     *
     * @param offset where the log ends
     * @param leaderEpoch of the batch before it, or -1
     */
    public static ProducerSnapshot of(KnownProducers producers, long offset, int leaderEpoch) {
        return new ProducerSnapshot(
                offset,
                SnapshotFormat.encode(new SnapshotFormat.Content(
                        offset, leaderEpoch, producers.ageMillis(), producers.oldestFirst())));
    }
}
