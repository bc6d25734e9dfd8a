package io.millrace.gateway.kafka.configs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.metadata.TopicConfig;
import io.millrace.core.metadata.TopicConfigs;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.apache.kafka.server.config.DynamicConfig;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.junit.jupiter.api.Test;

/** Nobody has to guess about a config of Kafka's: it is there, or there is a reason why it is not. */
class KafkaConfigNamesTest {
    private static final Map<String, ConfigDef.ConfigKey> BROKER = AbstractKafkaConfig.CONFIG_DEF.configKeys();

    @Test
    void everyBrokerConfigOfKafkaIsToldOrRefusedWithAReason() {
        TreeSet<String> names = new TreeSet<>(BROKER.keySet());
        names.addAll(DynamicConfig.Broker.names());

        assertThat(names)
                .allMatch(name -> BrokerConfigCatalogue.isServed(name)
                        || BrokerConfigCatalogue.refusalOf(name).isPresent());
    }

    @Test
    void everyTopicConfigOfKafkaIsThereOrRefusedWithAReason() {
        assertThat(new TreeSet<>(LogConfig.configNames()))
                .allMatch(name -> TopicConfigs.definition(name).isPresent()
                        || TopicConfigCatalogue.refusalOf(name).isPresent());
    }

    @Test
    void nothingIsToldOfABrokerThatKafkaHasNoNameOrAnotherTypeFor() {
        BrokerConfigCatalogue.served()
                .forEach(served -> assertThat(served.type().name())
                        .as(served.name())
                        .isEqualTo(keyOf(BROKER, served.name()).type.name()));
        BrokerConfigCatalogue.topicDefaults()
                .forEach(entry -> assertThat(entry.type().name())
                        .as(entry.name())
                        .isEqualTo(keyOf(BROKER, entry.name()).type.name()));
    }

    @Test
    void topicConfigsHaveKafkasTypesAndDefaults() {
        Map<String, ConfigDef.ConfigKey> topics = LogConfig.configDefCopy().configKeys();
        for (TopicConfig config : TopicConfigs.definitions()) {
            if (config.name().equals(TopicConfigs.DURABILITY)) {
                continue; // Millrace's own
            }
            ConfigDef.ConfigKey kafka = keyOf(topics, config.name());
            assertThat(TopicConfigCatalogue.typeOf(config).name())
                    .as(config.name())
                    .isEqualTo(kafka.type.name());
            assertThat(config.defaultValue())
                    .as(config.name())
                    .isEqualTo(ConfigDef.convertToString(kafka.defaultValue, kafka.type));
        }
    }

    @Test
    void theFirstReasonThatFitsIsGiven() {
        assertThat(BrokerConfigCatalogue.refusalOf("replica.lag.time.max.ms").orElseThrow())
                .contains("millrace.broker.replica-lag-time-max");
        assertThat(BrokerConfigCatalogue.refusalOf("replica.fetch.min.bytes").orElseThrow())
                .contains("session");
        assertThat(BrokerConfigCatalogue.refusalOf("colour")).isEmpty();
    }

    private static ConfigDef.ConfigKey keyOf(Map<String, ConfigDef.ConfigKey> keys, String name) {
        ConfigDef.ConfigKey key = keys.get(name);
        if (key == null) {
            throw new AssertionError("Kafka has no config " + name);
        }
        return key;
    }
}
