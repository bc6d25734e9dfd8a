package io.millrace.gateway.read;

import java.time.Duration;

/**
 * The reader's limits.
 *
 * @param pageRecordsMax records of a page; who asks for more gets so many
 * @param pageBytesMax bytes of a page; who asks for more gets so many
 * @param waitMax longest wait that a request may ask for
 * @param partitionsMax partitions of a cursor
 * @param fetchBytesMax bytes that one question to the brokers brings at most
 * @param scanBytesMax bytes of batches after which a page ends, even if no record has passed the filter
 * @param decompressedBytesMax bytes of a batch after decompression; all reads together have at most four times as many
 * @param inFlightWaitMax how long a read waits for room in memory before it is refused
 */
public record ReaderOptions(
        int pageRecordsMax,
        long pageBytesMax,
        Duration waitMax,
        int partitionsMax,
        int fetchBytesMax,
        long scanBytesMax,
        int decompressedBytesMax,
        Duration inFlightWaitMax) {}
