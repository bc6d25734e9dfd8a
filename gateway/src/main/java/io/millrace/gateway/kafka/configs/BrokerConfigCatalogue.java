package io.millrace.gateway.kafka.configs;

import io.millrace.core.metadata.TopicConfig;
import io.millrace.core.metadata.TopicConfigs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which of Kafka's broker configs are told, and why the others are not. None can be changed over the protocol. */
public final class BrokerConfigCatalogue {
    private static final String DOOR = "millrace.gateway.kafka.";
    private static final List<Served> SERVED = List.of(
            served("advertised.listeners", ConfigType.LIST, DOOR + "advertised", BrokerFacts::endpoint),
            served(
                    "auto.create.topics.enable",
                    ConfigType.BOOLEAN,
                    DOOR + "auto-create-topics",
                    facts -> facts.door().autoCreateTopics()),
            served(
                    "broker.id",
                    ConfigType.INT,
                    "millrace.broker.id",
                    facts -> facts.broker().brokerId()),
            served(
                    "broker.rack",
                    ConfigType.STRING,
                    "millrace.broker.rack",
                    facts -> facts.broker().rack()),
            served(
                    "connections.max.idle.ms",
                    ConfigType.LONG,
                    DOOR + "max-idle",
                    facts -> facts.door().idleMax().toMillis()),
            fixed("controlled.shutdown.enable", ConfigType.BOOLEAN, "true"),
            served(
                    "controller.quota.window.num",
                    ConfigType.INT,
                    DOOR + "quotas.mutation-window-samples",
                    facts -> facts.door().quotaWindows().mutations().samples()),
            served(
                    "controller.quota.window.size.seconds",
                    ConfigType.INT,
                    DOOR + "quotas.mutation-window-sample",
                    facts -> facts.door().quotaWindows().mutations().sample().toSeconds()),
            fixed("delete.topic.enable", ConfigType.BOOLEAN, "true"),
            served("log.dirs", ConfigType.LIST, "millrace.broker.log-directories", BrokerFacts::logDirectories),
            served(
                    "max.connections",
                    ConfigType.INT,
                    DOOR + "max-connections",
                    facts -> facts.door().connectionsMax()),
            served(
                    "node.id",
                    ConfigType.INT,
                    "millrace.broker.id",
                    facts -> facts.broker().brokerId()),
            served(
                    "num.network.threads",
                    ConfigType.INT,
                    DOOR + "network-threads",
                    facts -> facts.door().networkThreads()),
            served(
                    "queued.max.request.bytes",
                    ConfigType.LONG,
                    DOOR + "max-in-flight",
                    facts -> facts.door().inFlightBytesMax()),
            served(
                    "quota.window.num",
                    ConfigType.INT,
                    DOOR + "quotas.window-samples",
                    facts -> facts.door().quotaWindows().rates().samples()),
            served(
                    "quota.window.size.seconds",
                    ConfigType.INT,
                    DOOR + "quotas.window-sample",
                    facts -> facts.door().quotaWindows().rates().sample().toSeconds()),
            served(
                    "socket.request.max.bytes",
                    ConfigType.INT,
                    DOOR + "max-frame",
                    facts -> facts.door().frameBytesMax()));

    private BrokerConfigCatalogue() {}

    /**
     * A config that is told.
     *
     * @param source where its value comes from
     * @param documentation for its user
     * @param value as it holds
     */
    record Served(
            String name,
            ConfigType type,
            ConfigSource source,
            String documentation,
            Function<BrokerFacts, @Nullable Object> value) {
        ConfigEntry entry(BrokerFacts facts) {
            Object holds = value.apply(facts);
            return ConfigEntry.readOnly(name, type, holds == null ? null : holds.toString(), source, documentation);
        }
    }

    private static Served served(
            String name, ConfigType type, String setting, Function<BrokerFacts, @Nullable Object> value) {
        return new Served(name, type, ConfigSource.PROCESS, "Set as " + setting + ".", value);
    }

    private static Served fixed(String name, ConfigType type, String value) {
        return new Served(name, type, ConfigSource.DEFAULT, "It is always " + value + ".", facts -> value);
    }

    static List<Served> served() {
        return SERVED;
    }

    /** What holds for topics that say nothing else. */
    static List<ConfigEntry> topicDefaults() {
        List<ConfigEntry> defaults = new ArrayList<>();
        TopicConfigCatalogue.brokerConfigs().forEach((topicName, brokerName) -> {
            TopicConfig config = TopicConfigs.definition(topicName).orElseThrow();
            defaults.add(ConfigEntry.readOnly(
                    brokerName,
                    TopicConfigCatalogue.typeOf(config),
                    config.defaultValue(),
                    ConfigSource.DEFAULT,
                    "The default of topics' " + topicName + "."));
        });
        return defaults;
    }

    /** Whether a broker config of that name is told. */
    public static boolean isServed(String name) {
        return SERVED.stream().anyMatch(served -> served.name().equals(name))
                || TopicConfigCatalogue.brokerConfigs().containsValue(name);
    }

    /** Why Kafka's broker config of that name is not told, or nothing when it is, or when Kafka has none of that name. */
    public static Optional<String> refusalOf(String name) {
        return isServed(name) ? Optional.empty() : BrokerConfigRefusals.ALL.reasonOf(name);
    }

    /** What to say to whoever wants to set it. */
    public static String whyNotChanged(String name) {
        return refusalOf(name)
                .map(reason -> "Broker config '" + name + "' is not there: " + reason + ".")
                .orElse("Broker config '" + name + "' cannot be changed while the broker runs.");
    }
}
