package io.millrace.gateway.kafka.configs;

import io.millrace.core.metadata.TopicConfig;
import io.millrace.core.metadata.TopicConfigs;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The configs of topics as Kafka clients are told of them: those of {@link TopicConfigs}, with Kafka's further properties. */
public final class TopicConfigCatalogue {
    /** The broker config that Kafka gives as the source of the default. */
    private static final SortedMap<String, String> BROKER_NAMES = brokerNames();

    private static final Refusals REFUSED = new Refusals()
            .refuse("batches stay as their producer compressed them", "compression.*")
            .refuse(
                    "logs are not compacted yet",
                    "delete.retention.ms",
                    "max.compaction.lag.ms",
                    "min.cleanable.dirty.ratio",
                    "min.compaction.lag.ms")
            .refuse("share groups are not served yet", "errors.deadletterqueue.group.enable")
            .refuse(
                    "every append is on disk before it is acknowledged, unless the topic's durability is page-cache",
                    "flush.messages",
                    "flush.ms")
            .refuse(
                    "a move carries its own limit: millrace partition move --throttle",
                    "follower.replication.throttled.replicas",
                    "leader.replication.throttled.replicas")
            .refuse("there is no tiered storage", "local.retention.*", "remote.*")
            .refuse("brokers do not decompress batches", "max.decompressed.message.bytes")
            .refuse(
                    "timestamps of producers are taken as they are",
                    "message.timestamp.after.max.ms",
                    "message.timestamp.before.max.ms")
            .refuse("files grow as they are written", "preallocate")
            .refuse("segments are rolled at their age exactly", "segment.jitter.ms")
            .refuse("it is for Kafka's own tests", "internal.*");

    private TopicConfigCatalogue() {}

    /** All configs of a topic, sorted by name. */
    public static List<ConfigEntry> entries(Map<String, String> overrides) {
        return TopicConfigs.definitions().stream()
                .map(config -> entry(config, overrides))
                .toList();
    }

    /** Why Kafka's topic config of that name is not there, or nothing when it is, or when Kafka has none of that name. */
    public static Optional<String> refusalOf(String name) {
        return TopicConfigs.definition(name).isPresent() ? Optional.empty() : REFUSED.reasonOf(name);
    }

    /** The same in words for whoever wants to set it. */
    public static Optional<String> whyAbsent(String name) {
        return refusalOf(name).map(reason -> "Topic config '" + name + "' is not there: " + reason + ".");
    }

    /** Whether the config is a list of words, which can be made longer and shorter. */
    public static boolean isList(String name) {
        return name.equals(TopicConfigs.CLEANUP_POLICY);
    }

    static Refusals refused() {
        return REFUSED;
    }

    static ConfigType typeOf(TopicConfig config) {
        if (isList(config.name())) {
            return ConfigType.LIST;
        }
        return switch (config.values()) {
            case TopicConfig.Values.Whole whole -> whole.max() <= Integer.MAX_VALUE ? ConfigType.INT : ConfigType.LONG;
            case TopicConfig.Values.Choice choice ->
                choice.options().contains("true") ? ConfigType.BOOLEAN : ConfigType.STRING;
        };
    }

    /** The names that topic configs have as defaults of a broker, by the topic's name for them. */
    static SortedMap<String, String> brokerConfigs() {
        return BROKER_NAMES;
    }

    private static ConfigEntry entry(TopicConfig config, Map<String, String> overrides) {
        String brokerName = BROKER_NAMES.getOrDefault(config.name(), config.name());
        ConfigEntry.Synonym byDefault =
                new ConfigEntry.Synonym(brokerName, config.defaultValue(), ConfigSource.DEFAULT);
        String override = overrides.get(config.name());
        List<ConfigEntry.Synonym> synonyms = override == null
                ? List.of(byDefault)
                : List.of(new ConfigEntry.Synonym(config.name(), override, ConfigSource.TOPIC), byDefault);
        return new ConfigEntry(config.name(), typeOf(config), false, synonyms, config.doc());
    }

    private static SortedMap<String, String> brokerNames() {
        SortedMap<String, String> names = new TreeMap<>();
        names.put(TopicConfigs.CLEANUP_POLICY, "log.cleanup.policy");
        names.put(TopicConfigs.COMPRESSION_TYPE, "compression.type");
        names.put(TopicConfigs.FILE_DELETE_DELAY_MS, "log.segment.delete.delay.ms");
        names.put(TopicConfigs.INDEX_INTERVAL_BYTES, "log.index.interval.bytes");
        names.put(TopicConfigs.MAX_MESSAGE_BYTES, "message.max.bytes");
        names.put(TopicConfigs.MESSAGE_TIMESTAMP_TYPE, "log.message.timestamp.type");
        names.put(TopicConfigs.MIN_INSYNC_REPLICAS, "min.insync.replicas");
        names.put(TopicConfigs.RETENTION_BYTES, "log.retention.bytes");
        names.put(TopicConfigs.RETENTION_MS, "log.retention.ms");
        names.put(TopicConfigs.SEGMENT_BYTES, "log.segment.bytes");
        names.put(TopicConfigs.SEGMENT_INDEX_BYTES, "log.index.size.max.bytes");
        names.put(TopicConfigs.SEGMENT_MS, "log.roll.ms");
        names.put(TopicConfigs.UNCLEAN_LEADER_ELECTION_ENABLE, "unclean.leader.election.enable");
        return Collections.unmodifiableSortedMap(names);
    }
}
