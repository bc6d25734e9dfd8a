package io.millrace.gateway.read;

/** Hears what the reader does; called from many threads, so answers must be quick. */
public interface ReadObserver {
    /** Hears nothing. */
    ReadObserver NONE = (records, bytes, scanned) -> {};

    /**
     * A page was read.
     *
     * @param records in the page
     * @param bytes of their keys, values and headers
     * @param scanned records looked at
     */
    void pageRead(int records, long bytes, long scanned);

    /** A fetch is tried again, because its leader is missing or has moved. */
    default void fetchRetried() {}
}
