package io.millrace.core.metadata;

import io.millrace.core.metadata.TopicConfig.Unit;
import io.millrace.core.metadata.TopicConfig.Values;
import io.millrace.core.metadata.TopicConfig.Values.Choice;
import io.millrace.core.metadata.TopicConfig.Values.Whole;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The catalogue of topic configs. It holds only what is really carried out; any other name is refused, so that nobody
 * believes in a setting that does nothing. Names and defaults are Kafka's; {@code durability} is ours.
 */
public final class TopicConfigs {
    public static final String CLEANUP_POLICY = "cleanup.policy";
    public static final String COMPRESSION_TYPE = "compression.type";
    public static final String DURABILITY = "durability";
    public static final String FILE_DELETE_DELAY_MS = "file.delete.delay.ms";
    public static final String INDEX_INTERVAL_BYTES = "index.interval.bytes";
    public static final String MAX_MESSAGE_BYTES = "max.message.bytes";
    public static final String MESSAGE_TIMESTAMP_TYPE = "message.timestamp.type";
    public static final String MIN_INSYNC_REPLICAS = "min.insync.replicas";
    public static final String RETENTION_BYTES = "retention.bytes";
    public static final String RETENTION_MS = "retention.ms";
    public static final String SEGMENT_BYTES = "segment.bytes";
    public static final String SEGMENT_INDEX_BYTES = "segment.index.bytes";
    public static final String SEGMENT_MS = "segment.ms";
    public static final String UNCLEAN_LEADER_ELECTION_ENABLE = "unclean.leader.election.enable";

    /** Smallest segment in bytes, as in Kafka since KIP-1030: below it a topic would consist of open files. */
    private static final int SEGMENT_BYTES_MIN = 1024 * 1024;

    /** Smallest index in bytes: one entry of the time index. */
    private static final int SEGMENT_INDEX_BYTES_MIN = 12;

    /** Largest batch in bytes that a topic may allow: a frame of Kafka's protocol has at most so many. */
    private static final int MAX_MESSAGE_BYTES_MAX = 100 * 1024 * 1024;

    private static final SortedMap<String, TopicConfig> CATALOGUE = catalogue();

    private TopicConfigs() {}

    /** All configs, sorted by name. */
    public static List<TopicConfig> definitions() {
        return List.copyOf(CATALOGUE.values());
    }

    /** The config of that name. */
    public static Optional<TopicConfig> definition(String name) {
        return Optional.ofNullable(CATALOGUE.get(name));
    }

    /** Returns what is wrong with an override in words for its sender, or nothing when it is legal. */
    public static Optional<String> problemOf(String name, String value) {
        return definition(name)
                .map(config -> config.problemOf(value))
                .orElseGet(() -> Optional.of("There is no topic config '" + TopicConfig.abbreviated(name)
                        + "'; there are " + String.join(", ", CATALOGUE.keySet()) + "."));
    }

    /** The value that holds under the overrides: the override, or else the default. Throws on an unknown name. */
    public static String effective(Map<String, String> overrides, String name) {
        String override = overrides.get(name);
        return override != null ? override : definition(name).orElseThrow().defaultValue();
    }

    private static SortedMap<String, TopicConfig> catalogue() {
        SortedMap<String, TopicConfig> all = new TreeMap<>();
        for (TopicConfig config : List.of(
                config(CLEANUP_POLICY, choice("delete"), "delete", "What ends the life of old records."),
                config(COMPRESSION_TYPE, choice("producer"), "producer", "Batches stay as their producer sent them."),
                config(DURABILITY, choice("fsync", "page-cache"), "fsync", "When a replica counts a record as stored."),
                config(FILE_DELETE_DELAY_MS, millis(0), "60000", "How long files outlive their deletion."),
                config(INDEX_INTERVAL_BYTES, bytes(0, Integer.MAX_VALUE), "4096", "Log bytes between index entries."),
                config(MAX_MESSAGE_BYTES, bytes(0, MAX_MESSAGE_BYTES_MAX), "1048588", "Largest batch that is taken."),
                config(
                        MESSAGE_TIMESTAMP_TYPE,
                        choice("CreateTime", "LogAppendTime"),
                        "CreateTime",
                        "Who sets timestamps: the producer, or the broker at the append."),
                config(
                        MIN_INSYNC_REPLICAS,
                        new Whole(1, Integer.MAX_VALUE, Unit.REPLICAS),
                        "1",
                        "In-sync replicas that acks=all needs."),
                config(RETENTION_BYTES, bytes(-1, Long.MAX_VALUE), "-1", "Size a partition may grow to; -1: no limit."),
                config(RETENTION_MS, millis(-1), "604800000", "How long records are kept; -1: for ever."),
                config(
                        SEGMENT_BYTES,
                        bytes(SEGMENT_BYTES_MIN, Integer.MAX_VALUE),
                        "1073741824",
                        "Size at which a log file is closed and the next one begun."),
                config(
                        SEGMENT_INDEX_BYTES,
                        bytes(SEGMENT_INDEX_BYTES_MIN, Integer.MAX_VALUE),
                        "10485760",
                        "Largest index of a log file."),
                config(SEGMENT_MS, millis(1), "604800000", "Age at which a log file is closed."),
                config(
                        UNCLEAN_LEADER_ELECTION_ENABLE,
                        choice("true", "false"),
                        "false",
                        "Whether a replica that lacks acknowledged records may lead when no other can: they are lost."))) {
            all.put(config.name(), config);
        }
        return Collections.unmodifiableSortedMap(all);
    }

    private static TopicConfig config(String name, Values values, String defaultValue, String doc) {
        return new TopicConfig(name, values, defaultValue, doc);
    }

    private static Values bytes(long min, long max) {
        return new Whole(min, max, Unit.BYTES);
    }

    private static Values millis(long min) {
        return new Whole(min, Long.MAX_VALUE, Unit.MILLISECONDS);
    }

    private static Values choice(String... words) {
        return new Choice(List.of(words));
    }
}
