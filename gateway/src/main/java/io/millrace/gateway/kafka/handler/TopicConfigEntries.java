package io.millrace.gateway.kafka.handler;

import io.millrace.core.metadata.TopicConfig;
import io.millrace.core.metadata.TopicConfigs;
import java.util.List;
import java.util.Map;

/** The configs of a topic as clients are told of them. */
final class TopicConfigEntries {
    /** The numbers of config sources in the protocol, which kafka-clients keeps to itself. */
    private static final byte TOPIC_CONFIG = 1;

    private static final byte DEFAULT_CONFIG = 5;

    private TopicConfigEntries() {}

    /** One config: its definition, the value that holds, and where that comes from. */
    record Entry(TopicConfig definition, String value, boolean overridden) {
        String name() {
            return definition.name();
        }

        byte source() {
            return overridden ? TOPIC_CONFIG : DEFAULT_CONFIG;
        }
    }

    /** All of them, sorted by name. */
    static List<Entry> of(Map<String, String> overrides) {
        return TopicConfigs.definitions().stream()
                .map(config -> new Entry(
                        config, TopicConfigs.effective(overrides, config.name()), overrides.containsKey(config.name())))
                .toList();
    }
}
