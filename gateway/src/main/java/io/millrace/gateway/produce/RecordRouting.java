package io.millrace.gateway.produce;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.TopicConfigs;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.RecordSize;
import io.millrace.gateway.routing.Partitioner;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which records of one call go to which partition. For one thread, which hands it on. */
final class RecordRouting {
    private final ClusterImage image;
    private final TopicImage topic;
    private final Partitioner partitioner;
    private final int maxMessageBytes;
    private final Map<Integer, Indices> byPartition = new LinkedHashMap<>();
    private long bytes;
    private int recordCount;

    RecordRouting(ClusterImage image, TopicImage topic, Partitioner partitioner) {
        this.image = image;
        this.topic = topic;
        this.partitioner = partitioner;
        this.maxMessageBytes = maxMessageBytes(topic);
    }

    /** The largest batch that the topic takes, in bytes. */
    static int maxMessageBytes(TopicImage topic) {
        return Integer.parseInt(TopicConfigs.effective(topic.topic().configs(), TopicConfigs.MAX_MESSAGE_BYTES));
    }

    boolean isEmpty() {
        return recordCount == 0;
    }

    int recordCount() {
        return recordCount;
    }

    /** Upper bound of what the records take in batches, uncompressed. */
    long bytes() {
        return bytes;
    }

    /** Finds the record's partition, or says why there is none. */
    Optional<Refusal> route(int index, NewRecord record) {
        long alone = RecordSize.alone(record.key(), record.value(), record.headers());
        Optional<Refusal> refusal = problemOf(record, alone);
        if (refusal.isEmpty()) {
            int partition = record.partition().isPresent()
                    ? record.partition().getAsInt()
                    : partitioner.choose(image, topic, record.key(), alone);
            byPartition.computeIfAbsent(partition, p -> new Indices()).add(index);
            bytes += alone;
            recordCount++;
        }
        return refusal;
    }

    /** The records by partition, partitions in the order of their first record. */
    Map<Integer, RecordRun> runs(ProduceCall call) {
        Map<Integer, RecordRun> runs = new LinkedHashMap<>();
        byPartition.forEach((partition, indices) -> runs.put(partition, new RecordRun(call, indices.toArray())));
        return runs;
    }

    /** Settles every record that has a partition with the same refusal. */
    void refuseAll(ProduceCall call, Refusal refusal) {
        runs(call).values().forEach(run -> run.settleAll(Outcome.refused(refusal)));
    }

    private Optional<Refusal> problemOf(NewRecord record, long alone) {
        if (alone > maxMessageBytes) {
            return Optional.of(new Refusal.TooLarge(
                    alone,
                    maxMessageBytes,
                    "The record takes " + alone + " bytes uncompressed; topic '" + topic.name() + "' takes at most "
                            + maxMessageBytes + " (" + TopicConfigs.MAX_MESSAGE_BYTES + ")."));
        }
        if (record.timestampMillis().orElse(0) < 0) {
            return Optional.of(new Refusal.InvalidRequest("A timestamp of "
                    + record.timestampMillis().getAsLong() + " ms is before 1970, which records cannot carry."));
        }
        int partition = record.partition().orElse(0);
        if (partition < 0) {
            return Optional.of(
                    new Refusal.InvalidRequest("Partitions are numbered from 0; " + partition + " is none."));
        }
        int count = topic.partitions().size();
        return partition < count
                ? Optional.empty()
                : Optional.of(new Refusal.UnknownPartition(new TopicPartition(topic.name(), partition), count));
    }

    private static final class Indices {
        private int[] indices = new int[1];
        private int size;

        void add(int index) {
            if (size == indices.length) {
                indices = Arrays.copyOf(indices, 2 * size);
            }
            indices[size++] = index;
        }

        int[] toArray() {
            return size == indices.length ? indices : Arrays.copyOf(indices, size);
        }
    }
}
