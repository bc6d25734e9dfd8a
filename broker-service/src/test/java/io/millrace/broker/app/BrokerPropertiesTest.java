package io.millrace.broker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                        "localhost",
                        2,
                        8,
                        4,
                        DataSize.ofMegabytes(64),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(3),
                        Duration.ofMinutes(1)));
    }

    @Test
    void anImpossibleValueIsRefusedByName() {
        assertThatThrownBy(() -> bind(Map.of("millrace.broker.event-loops", "0")))
                .hasRootCauseMessage("millrace.broker.event-loops is out of its range");
    }

    private static BrokerProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("millrace.broker", BrokerProperties.class);
    }
}
