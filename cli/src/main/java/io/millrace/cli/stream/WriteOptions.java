package io.millrace.cli.stream;

import io.millrace.cli.session.CommandFailure;
import io.millrace.v1.Acks;
import io.millrace.v1.Compression;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How records are to be stored and acknowledged; picocli fills it in. */
public final class WriteOptions {
    @Option(
            names = "--acks",
            paramLabel = "none|leader|all",
            description = "What an acknowledgement waits for (default: all).")
    private String acks = "all";

    @Option(
            names = {"-z", "--compression"},
            paramLabel = "CODEC",
            description = "none (default), gzip, snappy, lz4 or zstd.")
    private String compression = "none";

    public RecordStream.Terms termsFor(String topic) {
        return new RecordStream.Terms(topic, acks(), compression());
    }

    private Acks acks() {
        return switch (acks) {
            case "none", "0" -> Acks.ACKS_NONE;
            case "leader", "1" -> Acks.ACKS_LEADER;
            case "all", "-1" -> Acks.ACKS_ALL;
            default -> throw CommandFailure.usage("There is no --acks \"" + acks + "\": say none, leader or all.");
        };
    }

    private Compression compression() {
        return switch (compression.toLowerCase(Locale.ROOT)) {
            case "none" -> Compression.COMPRESSION_NONE;
            case "gzip" -> Compression.COMPRESSION_GZIP;
            case "snappy" -> Compression.COMPRESSION_SNAPPY;
            case "lz4" -> Compression.COMPRESSION_LZ4;
            case "zstd" -> Compression.COMPRESSION_ZSTD;
            default ->
                throw CommandFailure.usage(
                        "There is no codec \"" + compression + "\": say none, gzip, snappy, lz4 or zstd.");
        };
    }
}
