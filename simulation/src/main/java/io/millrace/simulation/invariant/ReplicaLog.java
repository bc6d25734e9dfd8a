package io.millrace.simulation.invariant;

import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.BatchHeader;
import io.millrace.core.records.RecordBatch;
import io.millrace.core.records.RecordBatches;
import io.millrace.simulation.cluster.SimBroker;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** The log of one replica as its disk shows it, whether its broker runs or not. */
final class ReplicaLog {
    private static final String SEGMENT = ".log";
    private static final int LENGTH_OFFSET = 8;
    private static final int LENGTH_COUNTS_FROM = 12;
    private static final int MAGIC_OFFSET = 16;

    private ReplicaLog() {}

    /**
     * Its batches by base offset, up to where the first one is not whole. Bits that have flipped count as they were: a broker
     * has to hold what it has written, and cannot know what its disk has lost until it looks.
     */
    static NavigableMap<Long, StoredBatch> written(SimBroker broker, TopicPartition partition) {
        return batches(segments(broker, partition, SimulatedDisk::peekNames, SimulatedDisk::peekAsWritten));
    }

    /** The same as a loss of power would leave them at worst. */
    static NavigableMap<Long, StoredBatch> durable(SimBroker broker, TopicPartition partition) {
        return batches(segments(broker, partition, SimulatedDisk::peekDurableNames, SimulatedDisk::peekDurable));
    }

    private static NavigableMap<Long, StoredBatch> batches(List<ByteBuffer> segments) {
        NavigableMap<Long, StoredBatch> batches = new TreeMap<>();
        take(segments, batch -> {
            if (batch.crcHolds()) { // one that was damaged before it was written is none
                batches.put(batch.baseOffset(), StoredBatch.of(batch));
            }
        });
        return batches;
    }

    /** Hands over all batches that were written, in order. */
    static void written(SimBroker broker, TopicPartition partition, Consumer<RecordBatch> taker) {
        take(segments(broker, partition, SimulatedDisk::peekNames, SimulatedDisk::peekAsWritten), taker);
    }

    private static void take(List<ByteBuffer> segments, Consumer<RecordBatch> taker) {
        for (ByteBuffer segment : segments) {
            for (RecordBatch batch : RecordBatches.in(whole(segment))) {
                taker.accept(batch);
            }
        }
    }

    /** Whether no bit of it has flipped that is still as it flipped. */
    static boolean isWhole(SimBroker broker, TopicPartition partition) {
        return segments(broker, partition, SimulatedDisk::peekNames, SimulatedDisk::peek)
                .equals(segments(broker, partition, SimulatedDisk::peekNames, SimulatedDisk::peekAsWritten));
    }

    /** All bytes of its batches, one behind the other. */
    static ByteBuffer bytes(SimBroker broker, TopicPartition partition) {
        List<ByteBuffer> parts = new ArrayList<>();
        int size = 0;
        for (ByteBuffer segment : segments(broker, partition, SimulatedDisk::peekNames, SimulatedDisk::peek)) {
            ByteBuffer part = whole(segment);
            parts.add(part);
            size += part.remaining();
        }
        ByteBuffer all = ByteBuffer.allocate(size);
        parts.forEach(all::put);
        return all.flip();
    }

    private static List<ByteBuffer> segments(
            SimBroker broker,
            TopicPartition partition,
            BiFunction<SimulatedDisk, Path, List<String>> names,
            BiFunction<SimulatedDisk, Path, Optional<ByteBuffer>> content) {
        SimulatedDisk disk = broker.disk();
        Path directory = SimBroker.DATA.resolve(partition.toString());
        return names.apply(disk, directory).stream()
                .filter(name -> name.endsWith(SEGMENT))
                .sorted()
                .flatMap(name -> content.apply(disk, directory.resolve(name)).stream())
                .toList();
    }

    /**
     * A segment that is written to may end in zeros, or in a part of a batch after a loss of power. When it is the beginning of
     * the batch that is missing, its length is impossible, or its offset is out of order while its checksum, which covers
     * neither, still holds.
     */
    private static ByteBuffer whole(ByteBuffer segment) {
        int end = 0;
        long expected = 0;
        while (mayBeBatch(segment, end)) {
            BatchHeader header = BatchHeader.at(segment.slice(end, segment.limit() - end));
            int next = end + header.sizeInBytes();
            if (next > segment.limit() || next <= end || header.baseOffset() < expected) {
                break;
            }
            end = next;
            expected = header.nextOffset();
        }
        return segment.slice(0, end);
    }

    private static boolean mayBeBatch(ByteBuffer segment, int at) {
        return at + BatchHeader.SIZE <= segment.limit()
                && segment.get(at + MAGIC_OFFSET) == BatchHeader.MAGIC
                && segment.getInt(at + LENGTH_OFFSET) >= BatchHeader.SIZE - LENGTH_COUNTS_FROM;
    }
}
