package io.millrace.broker.fetch;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Shares a limit out fairly: whoever wants less than an equal share gets it all, and the others share what is left. */
final class ByteShares {
    private ByteShares() {}

    /** The share of each, at most what it wants, all together at most the limit. */
    static int[] of(int[] wanted, int limit) {
        int[] shares = new int[wanted.length];
        Integer[] smallestFirst = IntStream.range(0, wanted.length).boxed().toArray(Integer[]::new);
        Arrays.sort(smallestFirst, Comparator.comparingInt(i -> wanted[i]));
        int left = limit;
        for (int i = 0; i < smallestFirst.length; i++) {
            int equalShare = left / (smallestFirst.length - i);
            shares[smallestFirst[i]] = Math.min(wanted[smallestFirst[i]], equalShare);
            left -= shares[smallestFirst[i]];
        }
        return shares;
    }
}
