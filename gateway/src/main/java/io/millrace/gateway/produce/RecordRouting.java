package io.millrace.gateway.produce;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.TopicConfigs;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.BatchHeader;
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
    private final Optional<RecordIdentity> identity;
    private final int maxMessageBytes;
    private final Map<Integer, Indices> byPartition = new LinkedHashMap<>();
    private long bytes;
    private int recordCount;

    RecordRouting(ClusterImage image, TopicImage topic, Partitioner partitioner, Optional<RecordIdentity> identity) {
        this.image = image;
        this.topic = topic;
        this.partitioner = partitioner;
        this.identity = identity;
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
            Indices indices = byPartition.computeIfAbsent(partitionOf(record, alone), p -> new Indices());
            indices.add(index);
            indices.bytes += alone - BatchHeader.SIZE;
            bytes += alone;
            recordCount++;
        }
        return refusal;
    }

    private int partitionOf(NewRecord record, long alone) {
        if (record.partition().isPresent()) {
            return record.partition().getAsInt();
        }
        return identity.isPresent() && record.key() == null
                ? identity.get().partition(topic.partitions().size())
                : partitioner.choose(image, topic, record.key(), alone);
    }

    /**
     * Why records that must be one batch in each partition cannot be. It is said of all of them, so that no part of them is
     * stored that a second attempt, cut otherwise, would not be known by.
     */
    Optional<Refusal> problemOfIdentity() {
        long most = byPartition.values().stream()
                .mapToLong(indices -> BatchHeader.SIZE + indices.bytes)
                .max()
                .orElse(0);
        if (identity.isEmpty() || most <= maxMessageBytes) {
            return Optional.empty();
        }
        return Optional.of(new Refusal.TooLarge(
                most,
                maxMessageBytes,
                "Records that are to be stored once must fit into one batch for each partition; these take " + most
                        + " bytes uncompressed, and topic '" + topic.name() + "' takes at most " + maxMessageBytes
                        + " (" + TopicConfigs.MAX_MESSAGE_BYTES + ")."));
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
        private long bytes;
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
