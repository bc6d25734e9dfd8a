package io.millrace.gateway.produce;

import io.millrace.core.model.Acks;
import io.millrace.core.records.Compression;
import java.time.Duration;

/** What a producer may choose for its records. */
public record ProduceOptions(Acks acks, Compression compression, Duration timeout) {}
