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

    /** Damage: the log ends at the offset now, and what it held from there to the old end is kept aside. */
    default void keptAside(long offset, long oldEndOffset) {}

    /** A new segment was begun at the offset. */
    default void rolled(long baseOffset) {}

    /** Retention or deleted records took a segment out of the log. */
    default void segmentDeleted(long baseOffset, long sizeInBytes) {}
}
