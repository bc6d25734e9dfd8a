package io.millrace.gateway.read;

import java.util.List;

/**
 * What one read brought.
 *
 * @param records those that passed the filter; of each partition in the order of offsets
 * @param next where to go on: behind the last record scanned in each partition
 * @param partitions the edges of each partition of the cursor
 * @param recordsScanned records looked at, those that the filter dropped included
 * @param bytesScanned bytes of the batches that were read for it
 * @param recordsToEnd offsets between the next cursor and the ends, of all partitions together
 * @param atEnd true when {@code next} is at the end of every partition: the high watermark (the last stable offset for
 *     READ_COMMITTED), or the end that the request names
 */
public record ReadPage(
        List<ReadRecord> records,
        Cursor next,
        List<PartitionEdges> partitions,
        long recordsScanned,
        long bytesScanned,
        long recordsToEnd,
        boolean atEnd) {
    public ReadPage {
        records = List.copyOf(records);
        partitions = List.copyOf(partitions);
    }
}
