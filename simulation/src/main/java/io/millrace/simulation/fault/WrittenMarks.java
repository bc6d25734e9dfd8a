package io.millrace.simulation.fault;

import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.records.BatchCheck;
import io.millrace.core.records.BatchHeader;
import io.millrace.simulation.cluster.SimBroker;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What a broker has written down of its logs on one disk, in the file {@code replica-checkpoint}: what lies before these marks it
 * misses after a crash, and nothing else.
 */
record WrittenMarks(SimulatedDisk disk) {
    private static final Path FILE = SimBroker.DATA.resolve("replica-checkpoint");

    /** Bytes from the start of a segment on of which it is written down that they are durable. */
    int vouchedBytes(Path segment, PartitionImage partition) {
        ByteBuffer bytes = disk.peekAsWritten(segment).orElseGet(() -> ByteBuffer.allocate(0));
        long durableEnd = durableEnd(partition);
        long next = baseOffsetOf(segment);
        int end = 0;
        while (BatchCheck.headerProblem(bytes.position(end)).isEmpty()) {
            BatchHeader batch = BatchHeader.at(bytes);
            if (batch.baseOffset() != next
                    || batch.nextOffset() > durableEnd
                    || batch.sizeInBytes() > bytes.remaining()) {
                break;
            }
            next = batch.nextOffset();
            end += batch.sizeInBytes();
        }
        return end;
    }

    /** Up to where the log was durable, as a loss of power would leave the file; 0 when it says nothing. */
    private long durableEnd(PartitionImage partition) {
        String line = partition.topicId() + " " + partition.partition() + " ";
        return disk.peekDurable(FILE)
                .map(bytes -> StandardCharsets.US_ASCII.decode(bytes).toString())
                .orElse("")
                .lines()
                .filter(text -> text.startsWith(line))
                .mapToLong(text -> Long.parseLong(text.substring(text.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(0);
    }

    private static long baseOffsetOf(Path segment) {
        String name = String.valueOf(segment.getFileName());
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }
}
