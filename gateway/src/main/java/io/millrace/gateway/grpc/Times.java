package io.millrace.gateway.grpc;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** Protobuf's forms of times, checked, because they can hold what no time is. */
final class Times {
    private static final long MILLIS_PER_SECOND = 1000;
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    /** 9999-12-31T23:59:59Z, the last second that protobuf allows. */
    private static final long SECONDS_MAX = 253_402_300_799L;

    private Times() {}

    /** Whether it is a time since 1970, before which records cannot be. */
    static boolean isLegal(Timestamp timestamp) {
        return timestamp.getSeconds() >= 0
                && timestamp.getSeconds() <= SECONDS_MAX
                && timestamp.getNanos() >= 0
                && timestamp.getNanos() < NANOS_PER_SECOND;
    }

    /** Whether it is a duration of 0 or more, up to the most. */
    static boolean isLegal(com.google.protobuf.Duration duration, Duration most) {
        return duration.getSeconds() >= 0
                && duration.getSeconds() <= most.toSeconds()
                && duration.getNanos() >= 0
                && duration.getNanos() < NANOS_PER_SECOND
                && of(duration).compareTo(most) <= 0;
    }

    /** The milliseconds of a legal timestamp; what is below them is cut off. */
    static long millis(Timestamp timestamp) {
        return timestamp.getSeconds() * MILLIS_PER_SECOND + timestamp.getNanos() / NANOS_PER_MILLI;
    }

    static Instant of(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    static Duration of(com.google.protobuf.Duration duration) {
        return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    }

    static Timestamp timestamp(long millis) {
        return Timestamp.newBuilder()
                .setSeconds(Math.floorDiv(millis, MILLIS_PER_SECOND))
                .setNanos((int) Math.floorMod(millis, MILLIS_PER_SECOND) * NANOS_PER_MILLI)
                .build();
    }
}
