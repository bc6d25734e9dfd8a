package io.millrace.history;

import java.util.Arrays;

/** The records of one poll on their way into a history: offsets and values as they came. May be cleared and used again. */
public final class ReadRecords {
    private long[] cells = new long[32];
    private int size;

    public ReadRecords add(long offset, long value) {
        if (2 * size == cells.length) {
            cells = Arrays.copyOf(cells, cells.length * 2);
        }
        cells[2 * size] = offset;
        cells[2 * size + 1] = value;
        size++;
        return this;
    }

    public void clear() {
        size = 0;
    }

    public int size() {
        return size;
    }

    public long offset(int index) {
        return cells[2 * index];
    }

    public long value(int index) {
        return cells[2 * index + 1];
    }

    /** Whether the offsets are that one, the next one and so on. */
    boolean followFrom(long first) {
        for (int index = 0; index < size; index++) {
            if (offset(index) != first + index) {
                return false;
            }
        }
        return true;
    }
}
