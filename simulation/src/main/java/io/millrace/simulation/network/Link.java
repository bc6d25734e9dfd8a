package io.millrace.simulation.network;

import io.millrace.simulation.schedule.Chance;
import java.time.Duration;

/** One direction between two machines. */
final class Link {
    private final Chance chance;
    private final NetworkTimes times;
    private boolean cut;
    private int cuts;
    private Duration extra = Duration.ZERO;

    Link(Chance chance, NetworkTimes times) {
        this.chance = chance;
        this.times = times;
    }

    boolean isCut() {
        return cut;
    }

    /** Goes up with each cut, so that one is told from a later one. */
    int cuts() {
        return cuts;
    }

    void cut() {
        cut = true;
        cuts++;
    }

    void heal() {
        cut = false;
        extra = Duration.ZERO;
    }

    void slow(Duration more) {
        extra = more;
    }

    /** Nanoseconds that a message takes now. */
    long delay(int bytes) {
        long base = chance.nanosBetween(times.delayMin(), times.delayMax()) * (chance.oneIn(100) ? 10 : 1);
        long slow = extra.isZero() ? 0 : chance.nextLong(extra.toNanos() + 1);
        return base + slow + bytes * 1_000L / times.bytesPerMicrosecond();
    }
}
