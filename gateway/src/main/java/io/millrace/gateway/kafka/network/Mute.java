package io.millrace.gateway.kafka.network;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * For how long a connection is not read, as its client did more than it may (KIP-219). Nobody would notice meanwhile that the client has
 * gone, so no mute is longer than the silence after which a connection ends. Confined to the loop.
 */
final class Mute {
    private final NetworkLoop loop;
    private final long nanosMax;
    private final Runnable over;
    private NetworkLoop.@Nullable Alarm alarm;

    /**
     * Not muted yet.
     *
     * @param over hears of the end of each mute
     */
    Mute(NetworkLoop loop, Duration max, Runnable over) {
        this.loop = loop;
        this.nanosMax = max.toNanos();
        this.over = over;
    }

    boolean isOn() {
        return alarm != null;
    }

    /** Mutes from now on for so long, if it would be over before. */
    void extend(int millis) {
        if (millis == 0) {
            return;
        }
        long until = loop.nowNanos() + Math.min(nanosMax, TimeUnit.MILLISECONDS.toNanos(millis));
        NetworkLoop.Alarm present = alarm;
        if (present == null || until - present.atNanos() > 0) {
            forget();
            alarm = loop.at(until, this::end);
        }
    }

    /** Does not end any more. */
    void forget() {
        if (alarm != null) {
            loop.cancel(alarm);
            alarm = null;
        }
    }

    private void end() {
        alarm = null;
        over.run();
    }
}
