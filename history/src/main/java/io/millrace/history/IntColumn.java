package io.millrace.history;

import java.util.Arrays;

/** A growing column of ints in chunks: growing copies no values, and a short history takes little. */
final class IntColumn {
    private static final int CHUNK_BITS = 12;
    private static final int CHUNK = 1 << CHUNK_BITS;

    private int[][] chunks = new int[4][];
    private long size;

    long size() {
        return size;
    }

    int get(long row) {
        return chunks[(int) (row >>> CHUNK_BITS)][(int) row & (CHUNK - 1)];
    }

    void set(long row, int value) {
        chunks[(int) (row >>> CHUNK_BITS)][(int) row & (CHUNK - 1)] = value;
    }

    void add(int value) {
        int chunk = Math.toIntExact(size >>> CHUNK_BITS);
        if ((size & (CHUNK - 1)) == 0) {
            if (chunk == chunks.length) {
                chunks = Arrays.copyOf(chunks, chunk * 2);
            }
            chunks[chunk] = new int[CHUNK];
        }
        set(size, value);
        size++;
    }
}
