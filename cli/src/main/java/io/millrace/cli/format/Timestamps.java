package io.millrace.cli.format;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Between the contract's timestamps and Java's. */
public final class Timestamps {
    private Timestamps() {}

    public static long millis(Timestamp timestamp) {
        return instant(timestamp).toEpochMilli();
    }

    public static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    public static Timestamp of(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
