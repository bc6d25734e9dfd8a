package io.millrace.broker.log.segment;

import io.millrace.core.environment.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A file of sorted entries, key (4 or 8 bytes) and value (4 bytes), big endian. The first key of every page of entries
 * and the last page are held in memory, so that a lookup costs at most one read of a page and an append none; what an
 * index has no entries for takes no memory, as most partitions of a large cluster are all but empty. Entries
 * reach the file page by page and with {@link #flush()}: a crash may lose them, and then they are rebuilt from the log.
 * Confined to the partition's event loop.
 */
final class IndexFile {
    static final int ENTRIES_PER_PAGE = 512;

    private final DiskFile file;
    private final int keyBytes;
    private final int entryBytes;
    private int count;
    private int writtenCount;
    private long[] firstKeys = {};
    private ByteBuffer tail = ByteBuffer.allocate(0);
    private boolean loaded;

    IndexFile(DiskFile file, int keyBytes) throws IOException {
        this.file = file;
        this.keyBytes = keyBytes;
        this.entryBytes = keyBytes + Integer.BYTES;
        this.count = Math.toIntExact(file.size() / entryBytes);
        this.writtenCount = count;
    }

    DiskFile file() {
        return file;
    }

    int count() {
        return count;
    }

    /** Says whether the file consists of whole entries, as every index that was synced does. */
    boolean isWhole() throws IOException {
        return file.size() == (long) writtenCount * entryBytes;
    }

    void append(long key, int value) throws IOException {
        load();
        if (count % ENTRIES_PER_PAGE == 0) {
            flush();
            tail.clear();
            startPage(count / ENTRIES_PER_PAGE, key);
        }
        makeRoom(entryBytes);
        putKey(key);
        tail.putInt(value);
        count++;
    }

    /** The value of the last entry whose key is at most this one, or the other value when there is none. */
    int floorValue(long key, int otherwise) throws IOException {
        load();
        int page = floorPage(key);
        if (page < 0) {
            return otherwise;
        }
        ByteBuffer entries = page(page);
        int low = 0;
        int high = Math.min(ENTRIES_PER_PAGE, count - page * ENTRIES_PER_PAGE) - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (keyIn(entries, middle) <= key) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return valueIn(entries, low);
    }

    long keyAt(int index) throws IOException {
        load();
        return keyIn(page(index / ENTRIES_PER_PAGE), index % ENTRIES_PER_PAGE);
    }

    int valueAt(int index) throws IOException {
        load();
        return valueIn(page(index / ENTRIES_PER_PAGE), index % ENTRIES_PER_PAGE);
    }

    /** Forgets the entries from the index on. */
    void truncate(int newCount) throws IOException {
        flush();
        file.truncate((long) newCount * entryBytes);
        count = newCount;
        writtenCount = newCount;
        loaded = false;
    }

    /** Writes what is not yet in the file. */
    void flush() throws IOException {
        if (writtenCount < count) {
            int pageStart = (count - 1) / ENTRIES_PER_PAGE * ENTRIES_PER_PAGE;
            int from = (writtenCount - pageStart) * entryBytes;
            file.write(tail.duplicate().flip().position(from), (long) writtenCount * entryBytes);
            writtenCount = count;
        }
    }

    /** The last key of the file, read without loading the pages. */
    long lastKey() throws IOException {
        if (loaded || writtenCount < count) {
            return keyAt(count - 1);
        }
        return keyIn(read((long) (count - 1) * entryBytes, entryBytes), 0);
    }

    int lastValue() throws IOException {
        if (loaded || writtenCount < count) {
            return valueAt(count - 1);
        }
        return valueIn(read((long) (count - 1) * entryBytes, entryBytes), 0);
    }

    private void load() throws IOException {
        if (loaded) {
            return;
        }
        int pages = (count + ENTRIES_PER_PAGE - 1) / ENTRIES_PER_PAGE;
        tail.clear();
        for (int page = 0; page < pages; page++) {
            int entries = Math.min(ENTRIES_PER_PAGE, count - page * ENTRIES_PER_PAGE);
            ByteBuffer content = read((long) page * ENTRIES_PER_PAGE * entryBytes, entries * entryBytes);
            startPage(page, keyIn(content, 0));
            if (page == pages - 1) {
                makeRoom(content.remaining());
                tail.put(content);
            }
        }
        loaded = true;
    }

    /** Grows up to a page and no further. */
    private void makeRoom(int bytes) {
        if (tail.remaining() < bytes) {
            int wanted = Math.max(tail.capacity() * 2, tail.position() + bytes);
            tail = ByteBuffer.allocate(Math.min(wanted, ENTRIES_PER_PAGE * entryBytes))
                    .put(tail.flip());
        }
    }

    private void startPage(int page, long firstKey) {
        if (page == firstKeys.length) {
            firstKeys = Arrays.copyOf(firstKeys, Math.max(1, page * 2));
        }
        firstKeys[page] = firstKey;
    }

    private int floorPage(long key) {
        int low = -1;
        int high = (count + ENTRIES_PER_PAGE - 1) / ENTRIES_PER_PAGE - 1;
        while (low < high) {
            int middle = (low + high + 1) >> 1;
            if (firstKeys[middle] <= key) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private ByteBuffer page(int page) throws IOException {
        return page == (count - 1) / ENTRIES_PER_PAGE
                ? tail
                : read((long) page * ENTRIES_PER_PAGE * entryBytes, ENTRIES_PER_PAGE * entryBytes);
    }

    private ByteBuffer read(long position, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        if (file.read(buffer, position) < bytes) {
            throw new CorruptSegmentException("Index " + file + " ends before entry at " + position);
        }
        return buffer.flip();
    }

    private void putKey(long key) {
        if (keyBytes == Long.BYTES) {
            tail.putLong(key);
        } else {
            tail.putInt(Math.toIntExact(key));
        }
    }

    private long keyIn(ByteBuffer entries, int index) {
        int at = index * entryBytes;
        return keyBytes == Long.BYTES ? entries.getLong(at) : entries.getInt(at);
    }

    private int valueIn(ByteBuffer entries, int index) {
        return entries.getInt(index * entryBytes + keyBytes);
    }
}
