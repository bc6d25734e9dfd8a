package io.millrace.history.check;

import java.util.Arrays;

/**
 * Collects offsets that come many times over, mostly in rising runs, and sorts them. Those that lie in order already are found
 * there and not collected again, so it holds at most about twice the distinct ones and seldom sorts.
 */
final class SortedOffsets {
    private long[] offsets = new long[64];

    /** The first so many rise strictly; those after them are as they came. */
    private int sorted;

    private int size;

    /** Where the offset before was found. */
    private int cursor;

    void add(long offset) {
        if (isSorted(offset)) {
            return;
        }
        if (size == offsets.length) {
            makeRoom();
        }
        if (size == sorted && (size == 0 || offset > offsets[size - 1])) {
            sorted++;
        }
        offsets[size++] = offset;
    }

    long[] distinct() {
        sortAndThin();
        return Arrays.copyOf(offsets, size);
    }

    private boolean isSorted(long offset) {
        if (cursor + 1 < sorted && offsets[cursor + 1] == offset) {
            cursor++;
            return true;
        }
        if (sorted == 0 || offset > offsets[sorted - 1]) {
            return false;
        }
        int found = Arrays.binarySearch(offsets, 0, sorted, offset);
        cursor = found >= 0 ? found : cursor;
        return found >= 0;
    }

    private void makeRoom() {
        sortAndThin();
        if (size > offsets.length / 2) {
            offsets = Arrays.copyOf(offsets, offsets.length * 2);
        }
    }

    private void sortAndThin() {
        if (sorted == size) {
            return;
        }
        Arrays.sort(offsets, 0, size);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (kept == 0 || offsets[i] != offsets[kept - 1]) {
                offsets[kept++] = offsets[i];
            }
        }
        size = kept;
        sorted = kept;
    }
}
