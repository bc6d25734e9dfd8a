package io.millrace.system.client;

import io.millrace.system.client.Attempt.Fate;
import java.util.List;

/** One protocol of one gateway, as those who write and read records see it. Any thread may use it. */
public interface Door extends AutoCloseable {
    /** Sends these values to a partition in one request, never twice, and says what became of each, in their order. */
    List<Fate> produce(String topic, int partition, long[] values);

    /**
     * Reads the next page of a topic.
     *
     * @param cursor of the page before, of whichever door; empty for the beginning of all partitions
     */
    Page read(String topic, int partitions, String cursor) throws UnansweredException;

    @Override
    void close();

    /**
     * What one question brought.
     *
     * @param records of all partitions; those of one partition in the order of offsets
     * @param cursor of the next page
     * @param failures of partitions, in words
     */
    record Page(List<Seen> records, String cursor, List<String> failures) {}

    /** A record that was read. */
    record Seen(int partition, long offset, long value) {}

    /** A question that brought no page. */
    final class UnansweredException extends Exception {
        private static final long serialVersionUID = 1;

        UnansweredException(String why) {
            super(why);
        }
    }
}
