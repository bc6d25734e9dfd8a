package io.millrace.gateway.kafka.configs;

import io.millrace.core.metadata.TopicConfig;
import io.millrace.core.metadata.TopicConfigs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tables of configs in docs/compatibility.md. */
public final class ConfigTables {
    private ConfigTables() {}

    public static List<String> topics() {
        List<String> lines = new ArrayList<>();
        lines.add("| Topic config | Type | Values | Default | What it does |");
        lines.add("|---|---|---|---|---|");
        for (TopicConfig config : TopicConfigs.definitions()) {
            lines.add("| `%s` | %s | %s | `%s` | %s |"
                    .formatted(
                            config.name(),
                            word(TopicConfigCatalogue.typeOf(config)),
                            config.values().words(),
                            config.defaultValue(),
                            config.doc()));
        }
        lines.add("");
        lines.addAll(refused("Topic config that is refused", TopicConfigCatalogue.refused()));
        return lines;
    }

    public static List<String> brokers() {
        List<String> lines = new ArrayList<>();
        lines.add("| Broker config | Type | Value |");
        lines.add("|---|---|---|");
        SortedMap<String, String> rows = new TreeMap<>();
        BrokerConfigCatalogue.served()
                .forEach(served -> rows.put(served.name(), row(served.name(), served.type(), served.documentation())));
        BrokerConfigCatalogue.topicDefaults()
                .forEach(entry -> rows.put(
                        entry.name(),
                        row(entry.name(), entry.type(), "`" + entry.value() + "`. " + entry.documentation())));
        lines.addAll(rows.values());
        lines.add("");
        lines.addAll(refused("Broker config that is not told", BrokerConfigRefusals.ALL));
        return lines;
    }

    private static String row(String name, ConfigType type, String value) {
        return "| `%s` | %s | %s |".formatted(name, word(type), value);
    }

    private static String word(ConfigType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> refused(String title, Refusals refusals) {
        List<String> lines = new ArrayList<>(List.of("| " + title + " | Why |", "|---|---|"));
        refusals.all().stream()
                .sorted(Comparator.comparing(Refusals.Refusal::pattern))
                .forEach(refusal -> lines.add("| `%s` | %s |".formatted(refusal.pattern(), refusal.reason())));
        return lines;
    }
}
