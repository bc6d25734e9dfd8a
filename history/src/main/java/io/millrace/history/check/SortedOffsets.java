package io.millrace.history.check;

import java.util.Arrays;

/** Collects offsets that come many times over and sorts them; holds at most about twice the distinct ones. */
final class SortedOffsets {
    private long[] offsets = new long[64];
    private int size;

    void add(long offset) {
        if (size > 0 && offsets[size - 1] == offset) {
            return;
        }
        if (size == offsets.length) {
            sortAndThin();
            if (size > offsets.length / 2) {
                offsets = Arrays.copyOf(offsets, offsets.length * 2);
            }
        }
        offsets[size++] = offset;
    }

    long[] distinct() {
        sortAndThin();
        return Arrays.copyOf(offsets, size);
    }

    private void sortAndThin() {
        Arrays.sort(offsets, 0, size);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (kept == 0 || offsets[i] != offsets[kept - 1]) {
                offsets[kept++] = offsets[i];
            }
        }
        size = kept;
    }
}
