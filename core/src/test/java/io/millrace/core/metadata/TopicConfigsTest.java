package io.millrace.core.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.model.TimestampType;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicConfigsTest {
    @Test
    void everyDefaultIsKnown() {
        Map<String, String> defaults = new TreeMap<>();
        TopicConfigs.definitions().forEach(config -> defaults.put(config.name(), config.defaultValue()));

        assertThat(defaults)
                .isEqualTo(Map.ofEntries(
                        Map.entry("cleanup.policy", "delete"),
                        Map.entry("compression.type", "producer"),
                        Map.entry("durability", "fsync"),
                        Map.entry("file.delete.delay.ms", "60000"),
                        Map.entry("index.interval.bytes", "4096"),
                        Map.entry("max.message.bytes", "1048588"),
                        Map.entry("message.timestamp.type", "CreateTime"),
                        Map.entry("min.insync.replicas", "1"),
                        Map.entry("retention.bytes", "-1"),
                        Map.entry("retention.ms", "604800000"),
                        Map.entry("segment.bytes", "1073741824"),
                        Map.entry("segment.index.bytes", "10485760"),
                        Map.entry("segment.ms", "604800000"),
                        Map.entry("unclean.leader.election.enable", "false")));
    }

    @Test
    void everyDefaultIsLegal() {
        assertThat(TopicConfigs.definitions())
                .allSatisfy(config ->
                        assertThat(config.problemOf(config.defaultValue())).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "retention.ms, -2",
        "retention.ms, soon",
        "retention.ms, ''",
        "retention.ms, 99999999999999999999",
        "segment.bytes, 1048575",
        "segment.bytes, 2147483648",
        "max.message.bytes, 104857601",
        "min.insync.replicas, 0",
        "cleanup.policy, compact",
        "compression.type, zstd",
        "durability, FSYNC",
        "message.timestamp.type, LogAppendtime",
        "unclean.leader.election.enable, yes",
        "preallocate, true"
    })
    void illegalOverridesAreNamed(String name, String value) {
        assertThat(TopicConfigs.problemOf(name, value))
                .hasValueSatisfying(
                        problem -> assertThat(problem).contains(name).endsWith("."));
    }

    @Test
    void aLongWrongValueIsNotRepeatedInFull() {
        assertThat(TopicConfigs.problemOf("durability", "x".repeat(100_000)))
                .hasValueSatisfying(problem -> assertThat(problem).hasSizeLessThan(200));
    }

    @Test
    void optionsAreOverridesOnTopOfDefaults() {
        TopicOptions options = TopicOptions.of(
                Map.of("retention.ms", "-1", "message.timestamp.type", "LogAppendTime", "durability", "page-cache"));

        assertThat(options)
                .isEqualTo(new TopicOptions(
                        1 << 30,
                        604_800_000,
                        4096,
                        10_485_760,
                        1_048_588,
                        TimestampType.LOG_APPEND_TIME,
                        Durability.PAGE_CACHE,
                        1,
                        TopicOptions.UNLIMITED,
                        TopicOptions.UNLIMITED,
                        60_000));
    }
}
