package io.millrace.broker.log;

/** Hears what a log does on its own account, on the thread on which it does it. Must be quick and must not throw. */
public interface LogObserver {
    /** Nobody listens. */
    LogObserver NONE = new LogObserver() {};

    /**
     * An unclean log was scanned when it was opened.
     *
     * @param scannedBytes bytes whose checksums were checked
     * @param cutBytes bytes at the end that were no whole, continuous batches and are gone
     */
    default void recovered(long scannedBytes, long cutBytes) {}

    /** Damage: the log ends at the offset now, and what it held from there to the old end, so many bytes, is kept aside. */
    default void keptAside(long offset, long oldEndOffset, long bytes) {}

    /**
     * A slice that the log has handed out, or the log when it was opened, does not read as it must: somewhere within so many
     * bytes from the batch on that holds the offset. Ask {@link PartitionLog#damageFrom} whether it is damage. On whatever
     * thread reads.
     */
    default void suspected(long offset, int bytes) {}

    /** A new segment was begun at the offset. */
    default void rolled(long baseOffset) {}

    /** Retention or deleted records took a segment out of the log. */
    default void segmentDeleted(long baseOffset, long sizeInBytes) {}
}
