package io.millrace.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/** Records every default, so that none changes unnoticed. */
class GatewayPropertiesTest {
    @Test
    void defaultsOfTheGateway() {
        assertThat(bound("millrace.gateway", GatewayProperties.class, Map.of()))
                .isEqualTo(new GatewayProperties(Duration.ofSeconds(5), Duration.ofSeconds(2)));
    }

    @Test
    void defaultsOfProducing() {
        assertThat(bound("millrace.gateway.produce", ProduceProperties.class, Map.of()))
                .isEqualTo(new ProduceProperties(
                        2,
                        Duration.ZERO,
                        DataSize.ofKilobytes(512),
                        DataSize.ofKilobytes(16),
                        DataSize.ofMegabytes(128),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(20)));
    }

    @Test
    void defaultsOfReading() {
        assertThat(bound("millrace.gateway.read", ReadProperties.class, Map.of()))
                .isEqualTo(new ReadProperties(
                        10_000,
                        DataSize.ofMegabytes(8),
                        Duration.ofMinutes(5),
                        5_000,
                        DataSize.ofMegabytes(4),
                        DataSize.ofMegabytes(64),
                        DataSize.ofMegabytes(0),
                        DataSize.ofMegabytes(256),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(3),
                        Duration.ofMillis(20),
                        ""));
    }

    @Test
    void defaultsOfAskingBrokersInOtherProcesses() {
        assertThat(bound("millrace.gateway.remote", RemoteProperties.class, Map.of()))
                .isEqualTo(new RemoteProperties(Duration.ofMillis(500), Duration.ofSeconds(1)));
    }

    @Test
    void aValueOutOfItsRangeIsRefusedByName() {
        assertThatThrownBy(() -> bound(
                        "millrace.gateway.produce",
                        ProduceProperties.class,
                        Map.of("millrace.gateway.produce.max-batch", "0B")))
                .rootCause()
                .hasMessage("millrace.gateway.produce.max-batch is out of its range, which is 1 byte to 100 MB");
    }

    private static <T> T bound(String prefix, Class<T> type, Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }
}
