package io.millrace.gateway.kafka.configs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A config as it holds. None is a secret: those of Kafka that are belong to TLS and SASL.
 *
 * @param readOnly whether it cannot be changed while the process runs
 * @param synonyms where the value comes from, and what would hold without: the first of them holds
 * @param documentation for its user
 */
public record ConfigEntry(
        String name, ConfigType type, boolean readOnly, List<Synonym> synonyms, String documentation) {
    public ConfigEntry {
        synonyms = List.copyOf(synonyms);
    }

    /** A config that has one source. */
    public static ConfigEntry readOnly(
            String name, ConfigType type, @Nullable String value, ConfigSource source, String documentation) {
        return new ConfigEntry(name, type, true, List.of(new Synonym(name, value, source)), documentation);
    }

    /** A value under one of the names that it can be set by. */
    public record Synonym(String name, @Nullable String value, ConfigSource source) {}

    public @Nullable String value() {
        return synonyms.getFirst().value();
    }

    public ConfigSource source() {
        return synonyms.getFirst().source();
    }
}
