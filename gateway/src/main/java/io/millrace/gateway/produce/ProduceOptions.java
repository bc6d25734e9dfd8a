package io.millrace.gateway.produce;

import io.millrace.core.model.Acks;
import io.millrace.core.records.Compression;
import java.time.Duration;
import java.util.Optional;

/**
 * What a producer may choose for its records.
 *
 * @param timeout how long to wait for the acknowledgement, more than 0; after it the outcome is TimedOut
 * @param identity by which a repetition is recognised, so that nothing is stored twice
 */
public record ProduceOptions(Acks acks, Compression compression, Duration timeout, Optional<RecordIdentity> identity) {
    /** What holds for a producer that chooses nothing. */
    public static final ProduceOptions DEFAULT = new ProduceOptions(Acks.ALL, Compression.NONE, Duration.ofSeconds(30));

    /** For records that are stored again when they come again. */
    public ProduceOptions(Acks acks, Compression compression, Duration timeout) {
        this(acks, compression, timeout, Optional.empty());
    }

    /** The same for records that are stored once. */
    public ProduceOptions with(RecordIdentity once) {
        return new ProduceOptions(acks, compression, timeout, Optional.of(once));
    }

    /** The same for that part of a request, which counts from 0. */
    public ProduceOptions ofPart(long number) {
        return identity.isEmpty() ? this : with(identity.get().withPart(number));
    }
}
