package io.millrace.gateway.grpc;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicName;
import io.millrace.gateway.produce.ProduceOptions;
import io.millrace.gateway.produce.RecordIdentity;
import io.millrace.v1.Acks;
import io.millrace.v1.Compression;
import java.time.Duration;
import java.util.Optional;

/** A producer's choices in the gateway's own terms. */
record ProduceSettings(String topic, ProduceOptions options) {
    /**
     * The same for records that are stored once.
     *
     * @param scope what the client gives the name to
     * @param name that it gives, or nothing
     */
    Outcome<ProduceSettings> storedOnce(String scope, String name) {
        if (name.isEmpty()) {
            return Outcome.done(this);
        }
        Optional<String> problem = RecordIdentity.problemOf(name);
        return problem.isPresent()
                ? Outcome.refused(new Refusal.InvalidRequest("The " + scope + " is impossible. " + problem.get()))
                : Outcome.done(new ProduceSettings(topic, options.with(RecordIdentity.of(scope, name))));
    }

    static Outcome<ProduceSettings> of(String topic, Acks acks, Compression compression, Duration timeout) {
        Optional<String> problem = TopicName.problemOf(topic);
        if (problem.isPresent()) {
            return Outcome.refused(new Refusal.InvalidTopicName(topic, problem.get()));
        }
        if (acks == Acks.UNRECOGNIZED) {
            return Outcome.refused(new Refusal.InvalidRequest("The acks asked for are none that this server knows."));
        }
        if (compression == Compression.UNRECOGNIZED) {
            return Outcome.refused(
                    new Refusal.UnsupportedCompression("The compression asked for is none that this server knows."));
        }
        return Outcome.done(
                new ProduceSettings(topic, new ProduceOptions(acks(acks), compression(compression), timeout)));
    }

    private static io.millrace.core.model.Acks acks(Acks acks) {
        return switch (acks) {
            case ACKS_NONE -> io.millrace.core.model.Acks.NONE;
            case ACKS_LEADER -> io.millrace.core.model.Acks.LEADER;
            case ACKS_ALL, ACKS_UNSPECIFIED, UNRECOGNIZED -> io.millrace.core.model.Acks.ALL;
        };
    }

    private static io.millrace.core.records.Compression compression(Compression compression) {
        return switch (compression) {
            case COMPRESSION_GZIP -> io.millrace.core.records.Compression.GZIP;
            case COMPRESSION_SNAPPY -> io.millrace.core.records.Compression.SNAPPY;
            case COMPRESSION_LZ4 -> io.millrace.core.records.Compression.LZ4;
            case COMPRESSION_ZSTD -> io.millrace.core.records.Compression.ZSTD;
            case COMPRESSION_NONE, COMPRESSION_UNSPECIFIED, UNRECOGNIZED -> io.millrace.core.records.Compression.NONE;
        };
    }
}
