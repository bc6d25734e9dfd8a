package io.millrace.history.check;

import java.util.function.IntUnaryOperator;

/** The rows of a table grouped by partition, in the order of rows within each (a counting sort). */
final class RowsByPartition {
    private final int[] starts;
    private final int[] rows;

    RowsByPartition(int partitions, int size, IntUnaryOperator partitionOfRow) {
        starts = new int[partitions + 1];
        for (int row = 0; row < size; row++) {
            starts[partitionOfRow.applyAsInt(row) + 1]++;
        }
        for (int partition = 0; partition < partitions; partition++) {
            starts[partition + 1] += starts[partition];
        }
        int[] next = starts.clone();
        rows = new int[size];
        for (int row = 0; row < size; row++) {
            rows[next[partitionOfRow.applyAsInt(row)]++] = row;
        }
    }

    int count(int partition) {
        return starts[partition + 1] - starts[partition];
    }

    int row(int partition, int index) {
        return rows[starts[partition] + index];
    }
}
