package io.millrace.gateway.app;

import org.springframework.util.unit.DataSize;

/** Checks of properties whose failure names the property and what it may be. */
final class Ranges {
    private Ranges() {}

    static void require(boolean holds, String property, String range) {
        if (!holds) {
            throw new IllegalArgumentException(property + " is out of its range, which is " + range);
        }
    }

    /** 1 byte up to the limit. */
    static boolean within(DataSize size, DataSize max) {
        return size.toBytes() > 0 && size.compareTo(max) <= 0;
    }
}
