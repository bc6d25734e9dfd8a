package io.millrace.history.check;

import java.util.Arrays;

/**
 * Finds slots of a range that were known before a moment, in logarithmic time: a tree of the earliest moments below each node.
 * It is built when it is first asked, since polls of a sound log leave no gaps to ask about.
 */
final class EarliestKnown {
    private final KnownLog known;
    private long[] tree = {};
    private int leaves;

    EarliestKnown(KnownLog known) {
        this.known = known;
    }

    /** The first slot from one to before another that was known before the moment, or {@link KnownLog#NOWHERE}. */
    int firstBefore(int from, int to, long nanos) {
        if (from >= to) {
            return KnownLog.NOWHERE;
        }
        if (tree.length == 0) {
            build();
        }
        return search(1, 0, leaves, from, to, nanos);
    }

    private void build() {
        leaves = Math.max(1, Integer.highestOneBit(known.size() - 1) * 2);
        tree = new long[2 * leaves];
        Arrays.fill(tree, Long.MAX_VALUE);
        for (int slot = 0; slot < known.size(); slot++) {
            tree[leaves + slot] = known.sinceNanos(slot);
        }
        for (int node = leaves - 1; node > 0; node--) {
            tree[node] = Math.min(tree[2 * node], tree[2 * node + 1]);
        }
    }

    private int search(int node, int first, int end, int from, int to, long nanos) {
        if (end <= from || to <= first || tree[node] >= nanos) {
            return KnownLog.NOWHERE;
        }
        if (end - first == 1) {
            return first;
        }
        int middle = (first + end) >>> 1;
        int left = search(2 * node, first, middle, from, to, nanos);
        return left != KnownLog.NOWHERE ? left : search(2 * node + 1, middle, end, from, to, nanos);
    }
}
