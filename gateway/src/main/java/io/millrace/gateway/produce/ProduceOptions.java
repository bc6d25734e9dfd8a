package io.millrace.gateway.produce;

import io.millrace.core.model.Acks;
import io.millrace.core.records.Compression;
import java.time.Duration;

/**
 * What a producer may choose for its records.
 *
 * @param timeout how long to wait for the acknowledgement, more than 0; after it the outcome is TimedOut
 */
public record ProduceOptions(Acks acks, Compression compression, Duration timeout) {
    /** What holds for a producer that chooses nothing. */
    public static final ProduceOptions DEFAULT = new ProduceOptions(Acks.ALL, Compression.NONE, Duration.ofSeconds(30));
}
