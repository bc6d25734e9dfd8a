package io.millrace.rpc.app;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** Checks of properties whose failure names the property and what it may be. */
record RpcRanges(String prefix) {
    private static final DataSize MESSAGE_MIN = DataSize.ofMegabytes(1);
    private static final DataSize MESSAGE_MAX = DataSize.ofMegabytes(512);

    /** The smallest window of HTTP/2 (RFC 9113, 6.9.2). */
    private static final DataSize WINDOW_MIN = DataSize.ofBytes(65_535);

    void message(DataSize size, String name) {
        require(
                size.compareTo(MESSAGE_MIN) >= 0 && size.compareTo(MESSAGE_MAX) <= 0,
                name,
                MESSAGE_MIN.toMegabytes() + " to " + MESSAGE_MAX.toMegabytes() + " MB");
    }

    void window(DataSize size, String name) {
        require(
                size.compareTo(WINDOW_MIN) >= 0 && size.compareTo(MESSAGE_MAX) <= 0,
                name,
                WINDOW_MIN.toBytes() + " bytes to " + MESSAGE_MAX.toMegabytes() + " MB");
    }

    void atLeast(DataSize size, DataSize min, String name) {
        require(size.compareTo(min) >= 0, name, min.toBytes() + " bytes or more");
    }

    void positive(int number, String name) {
        require(number > 0, name, "1 or more");
    }

    void positive(Duration duration, String name) {
        require(duration.isPositive(), name, "more than 0");
    }

    void require(boolean holds, String name, String range) {
        if (!holds) {
            throw new IllegalArgumentException(prefix + name + " is out of its range, which is " + range);
        }
    }
}
