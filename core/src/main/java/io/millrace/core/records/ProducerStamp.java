package io.millrace.core.records;

/**
 * Who wrote a batch, by which duplicates and open transactions are recognised (KIP-98).
 *
 * @param baseSequence the sequence number of the batch's first record
 * @param transactional true when the batch belongs to the producer's open transaction
 */
public record ProducerStamp(long producerId, short producerEpoch, int baseSequence, boolean transactional) {
    /** Of a producer that is neither idempotent nor transactional. */
    public static final ProducerStamp NONE =
            new ProducerStamp(BatchHeader.NO_PRODUCER, (short) BatchHeader.NO_PRODUCER, BatchHeader.NO_PRODUCER, false);
}
