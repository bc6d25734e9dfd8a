package io.millrace.system.kafka;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A client that somebody else wrote. One thread at a time uses it. */
public interface KafkaSoftware extends AutoCloseable {
    /** What it can do. */
    Abilities abilities();

    /** Creates a topic, if it can. */
    void create(String bootstrap, String topic, int partitions, int replicas) throws IOException;

    /** Writes the records of a file ({@link Samples}), and returns the offset of the first, or -1 if it does not tell. */
    long produce(String bootstrap, String topic, Case how, Path file) throws IOException;

    /** Reads partitions, named {@code topic:number}, from their beginning to their end, a line of each record ({@link Samples}). */
    List<String> consume(String bootstrap, List<String> partitions, Path scratch) throws IOException;

    /** Where a partition begins, where it ends, and the first offset at or after each timestamp, -1 where there is none. */
    List<Long> offsets(String bootstrap, String topic, int partition, List<Long> timestamps) throws IOException;

    @Override
    void close();

    /** One thing that some clients can do and others cannot. */
    enum Ability {
        /** Creates topics. */
        CREATE,
        /** Writes as an idempotent producer. */
        IDEMPOTENT,
        /** Chooses the timestamps of what it writes. */
        TIMESTAMPS,
        /** Writes records with several headers of one name, and headers without a value. */
        ANY_HEADERS,
        /** Writes null and empty values and keys, and bytes of any kind. */
        ANY_BYTES,
        /** Finds offsets by timestamp. */
        OFFSETS,
        /** Reads snappy in the frames in which Kafka's own client writes it, and not only as itself writes it. */
        FRAMED_SNAPPY
    }

    /**
     * What a client can do, as installed here.
     *
     * @param version as it tells
     * @param codecs that it writes and reads
     */
    record Abilities(String version, List<String> codecs, Set<Ability> others) {
        boolean can(Ability ability) {
            return others.contains(ability);
        }
    }
}
