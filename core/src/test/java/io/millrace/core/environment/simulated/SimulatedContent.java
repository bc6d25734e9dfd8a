package io.millrace.core.environment.simulated;

import io.millrace.core.environment.Randomness;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The bytes of one file as programs see them, and as they would be after a loss of power. */
final class SimulatedContent implements SimulatedNode {
    private static final int SECTOR_BYTES = 512;

    private Bytes current = new Bytes();
    private Bytes durable = new Bytes();
    private final List<Change> unsynced = new ArrayList<>();

    private sealed interface Change {
        record Write(int position, ByteBuffer content) implements Change {}

        record Truncate(int size) implements Change {}
    }

    int size() {
        return current.size;
    }

    byte[] bytes(int position, int count) {
        return Arrays.copyOfRange(current.array, position, position + count);
    }

    /** The bytes as they are now, not copied. */
    ByteBuffer view() {
        return ByteBuffer.wrap(current.array, 0, current.size).slice().asReadOnlyBuffer();
    }

    boolean hasFlippedBits() {
        return !current.flipped.isEmpty();
    }

    /** The bytes as a whole medium would hold them: without the bits that have flipped since they were written. */
    ByteBuffer asWritten() {
        return current.flipped.isEmpty() ? view() : ByteBuffer.wrap(current.mended());
    }

    /** The bytes as a loss of power would leave them at worst, on a whole medium as well. */
    ByteBuffer durableAsWritten() {
        return durable.flipped.isEmpty()
                ? ByteBuffer.wrap(durable.array, 0, durable.size).slice().asReadOnlyBuffer()
                : ByteBuffer.wrap(durable.mended());
    }

    void write(int position, byte[] content) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        current.write(position, bytes);
        unsynced.add(new Change.Write(position, bytes));
    }

    void truncate(int size) {
        current.resize(size);
        unsynced.add(new Change.Truncate(size));
    }

    void sync() {
        for (Change change : unsynced) {
            applyWhole(change);
        }
        unsynced.clear();
    }

    /** As Linux does after an error of writing back: what failed counts as written, and is not tried again. */
    void failSync() {
        unsynced.clear();
    }

    void flipBit(int position, int bit) {
        current.flip(position, bit);
        if (position < durable.size) {
            durable.flip(position, bit);
        }
    }

    @Override
    public void losePower(PowerLoss loss, Randomness chance) {
        switch (loss) {
            case LOSES_NOTHING -> {
                return;
            }
            case LOSES_ALL -> {}
            case KEEPS_A_PREFIX -> keepPrefix(chance);
            case KEEPS_ANY -> keepAny(chance);
        }
        unsynced.clear();
        current = durable.copy();
    }

    private void keepPrefix(Randomness chance) {
        int whole = chance.nextInt(unsynced.size() + 1);
        for (Change change : unsynced.subList(0, whole)) {
            applyWhole(change);
        }
        if (whole < unsynced.size() && unsynced.get(whole) instanceof Change.Write(int position, ByteBuffer content)) {
            durable.write(position, content.slice(0, chance.nextInt(content.limit() + 1)));
        }
    }

    private void keepAny(Randomness chance) {
        for (Change change : unsynced) {
            if (change instanceof Change.Write(int position, ByteBuffer content)) {
                keepAnySector(position, content, chance);
            } else if (chance.nextInt(2) == 0) {
                applyWhole(change);
            }
        }
        if (chance.nextInt(2) == 0 && durable.size < current.size) {
            durable.resize(current.size);
        }
    }

    private void keepAnySector(int position, ByteBuffer content, Randomness chance) {
        int from = 0;
        while (from < content.limit()) {
            int sectorEnd = (position + from) / SECTOR_BYTES * SECTOR_BYTES + SECTOR_BYTES;
            int to = Math.min(content.limit(), sectorEnd - position);
            if (chance.nextInt(2) == 0) {
                durable.write(position + from, content.slice(from, to - from));
            }
            from = to;
        }
    }

    private void applyWhole(Change change) {
        switch (change) {
            case Change.Write(int position, ByteBuffer content) -> durable.write(position, content);
            case Change.Truncate(int size) -> durable.resize(size);
        }
    }

    /** Bytes that grow; behind the size all are zero. */
    private static final class Bytes {
        private final NavigableMap<Integer, Integer> flipped = new TreeMap<>(); // position -> mask
        private byte[] array = new byte[256];
        private int size;

        void flip(int position, int bit) {
            array[position] ^= (byte) (1 << bit);
            flipped.merge(position, 1 << bit, (before, now) -> before ^ now);
        }

        byte[] mended() {
            byte[] mended = Arrays.copyOf(array, size);
            flipped.forEach((position, mask) -> mended[position] ^= (byte) (int) mask);
            return mended;
        }

        void write(int position, ByteBuffer content) {
            if (content.hasRemaining()) {
                resize(Math.max(size, position + content.limit()));
                content.get(0, array, position, content.limit());
                flipped.subMap(position, position + content.limit()).clear();
            }
        }

        void resize(int newSize) {
            if (newSize > array.length) {
                array = Arrays.copyOf(array, Math.max(newSize, array.length * 2));
            }
            if (newSize < size) {
                Arrays.fill(array, newSize, size, (byte) 0);
                flipped.tailMap(newSize).clear();
            }
            size = newSize;
        }

        Bytes copy() {
            Bytes copy = new Bytes();
            copy.array = array.clone();
            copy.flipped.putAll(flipped);
            copy.size = size;
            return copy;
        }
    }
}
