package io.millrace.gateway.routing;

import java.nio.ByteBuffer;

/**
 * The hash that leads a key to its partition: 32-bit MurmurHash2 with the seed of Kafka's Java client, so that a key
 * lands on the same partition whichever client sends it.
 */
final class KeyHash {
    private static final int SEED = 0x9747b28c;
    private static final int MULTIPLIER = 0x5bd1e995;
    private static final int SHIFT = 24;

    private KeyHash() {}

    /** The partition for a key, from position to limit. */
    static int partition(ByteBuffer key, int partitionCount) {
        // Kafka clears the sign bit where others would take the absolute value.
        return (of(key) & Integer.MAX_VALUE) % partitionCount;
    }

    static int of(ByteBuffer key) {
        int length = key.remaining();
        int hash = SEED ^ length;
        int at = key.position();
        int wholeWords = at + (length & ~3);
        for (; at < wholeWords; at += 4) {
            hash = hash * MULTIPLIER ^ mixed(word(key, at));
        }
        int left = length & 3;
        if (left > 0) {
            for (int i = left - 1; i >= 0; i--) {
                hash ^= (key.get(at + i) & 0xff) << (8 * i);
            }
            hash *= MULTIPLIER;
        }
        hash ^= hash >>> 13;
        hash *= MULTIPLIER;
        return hash ^ hash >>> 15;
    }

    private static int mixed(int word) {
        int mixed = word * MULTIPLIER;
        mixed ^= mixed >>> SHIFT;
        return mixed * MULTIPLIER;
    }

    /** Little-endian, whatever the buffer's own order. */
    private static int word(ByteBuffer bytes, int at) {
        return (bytes.get(at) & 0xff)
                | (bytes.get(at + 1) & 0xff) << 8
                | (bytes.get(at + 2) & 0xff) << 16
                | (bytes.get(at + 3) & 0xff) << 24;
    }
}
