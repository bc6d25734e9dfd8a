package io.millrace.broker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.model.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class BrokerPropertiesTest {
    @Test
    void everyDefaultIsRecorded() {
        assertThat(bind(Map.of()))
                .isEqualTo(new BrokerProperties(
                        0,
                        null,
                        List.of(Path.of("data/logs")),
                        "127.0.0.1",
                        19092,
                        "localhost",
                        0,
                        2,
                        8,
                        4,
                        DataSize.ofMegabytes(64),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(12),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        DataSize.ofMegabytes(16),
                        DataSize.ofMegabytes(4),
                        Duration.ofDays(7),
                        Duration.ofDays(1),
                        10_000,
                        Duration.ofSeconds(3),
                        Duration.ofMinutes(1)));
    }

    @Test
    void anImpossibleValueIsRefusedByName() {
        assertThatThrownBy(() -> bind(Map.of("millrace.broker.event-loops", "0")))
                .hasRootCauseMessage("millrace.broker.event-loops is out of its range");
    }

    @Test
    void othersReachABrokerUnderThePortItListensOnUnlessAnotherIsAdvertised() {
        BrokerProperties listening = bind(Map.of("millrace.broker.advertised-host", "broker-1"));
        BrokerProperties forwarded = bind(Map.of("millrace.broker.advertised-port", "30001"));

        assertThat(listening.endpoint(4711)).isEqualTo(new Endpoint("internal", "broker-1", 4711));
        assertThat(forwarded.endpoint(4711)).isEqualTo(new Endpoint("internal", "localhost", 30_001));
    }

    private static BrokerProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("millrace.broker", BrokerProperties.class);
    }
}
