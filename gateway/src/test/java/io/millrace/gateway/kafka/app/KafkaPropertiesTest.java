package io.millrace.gateway.kafka.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.model.Endpoint;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class KafkaPropertiesTest {
    @Test
    void theDefaultsAreThese() {
        assertThat(bound(Map.of()))
                .isEqualTo(new KafkaProperties(
                        "127.0.0.1",
                        9092,
                        "",
                        Map.of(),
                        true,
                        2,
                        DataSize.ofMegabytes(100),
                        DataSize.ofMegabytes(0),
                        64,
                        10_000,
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(30),
                        DataSize.ofMegabytes(8),
                        DataSize.ofMegabytes(0),
                        new KafkaProperties.Quotas(11, Duration.ofSeconds(1), 11, Duration.ofSeconds(1))));
    }

    @Test
    void furtherListenersHaveAddressesOfTheirOwn() {
        KafkaProperties properties = bound(Map.of(
                "millrace.gateway.kafka.listeners.inside.port", "9093",
                "millrace.gateway.kafka.listeners.inside.advertised", "kafka-{broker}.internal:9093"));

        assertThat(properties.listeners())
                .containsExactly(Map.entry(
                        "inside", new KafkaProperties.Listener("127.0.0.1", 9093, "kafka-{broker}.internal:9093")));
    }

    @Test
    void aBrokerOfThisProcessIsFoundAtEachListener() {
        KafkaProperties properties = bound(Map.of(
                "millrace.gateway.kafka.address", "10.0.0.7",
                "millrace.gateway.kafka.listeners.outside.port", "9094",
                "millrace.gateway.kafka.listeners.outside.advertised", "kafka-{broker}.example.com:9094"));

        assertThat(properties.endpointsOf(3))
                .containsExactly(
                        new Endpoint("kafka:default", "10.0.0.7", 9092),
                        new Endpoint("kafka:outside", "kafka-3.example.com", 9094));
    }

    @Test
    void aPortThatIsNotKnownYetCannotBeToldToTheCluster() {
        KafkaProperties properties = bound(Map.of("millrace.gateway.kafka.port", "0"));

        assertThatThrownBy(() -> properties.endpointsOf(3)).hasMessageContaining("port");
    }

    @Test
    void anAddressThatStandsForAllOfAMachineCannotBeToldToTheCluster() {
        KafkaProperties properties = bound(Map.of("millrace.gateway.kafka.address", "0.0.0.0"));

        assertThatThrownBy(() -> properties.endpointsOf(3)).hasMessageContaining("advertised");
    }

    @Test
    void requestsTakeNoMoreThanTheirShareOfTheHeap() {
        long share = Runtime.getRuntime().maxMemory() / 4;

        assertThat(bound(Map.of()).options(false).bytesInFlightMax()).isLessThanOrEqualTo(share);
        assertThat(bound(Map.of("millrace.gateway.kafka.max-in-flight", "2MB"))
                        .options(false)
                        .frameBytesMax())
                .isEqualTo(2 << 20);
    }

    @Test
    void aWindowOfQuotasIsOfSeveralWholeSecondsAndNoLongerThanAnHour() {
        for (String sample : new String[] {"0s", "1500ms", "6m"}) {
            assertThatThrownBy(() -> bound(Map.of("millrace.gateway.kafka.quotas.window-sample", sample)))
                    .rootCause()
                    .hasMessageContaining("quotas.window-sample");
        }
        assertThat(bound(Map.of("millrace.gateway.kafka.quotas.window-sample", "5m"))
                        .quotas()
                        .rates()
                        .sample())
                .isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aValueOutsideItsRangeIsRefusedByName() {
        assertThatThrownBy(() -> bound(Map.of("millrace.gateway.kafka.max-frame", "1B")))
                .rootCause()
                .hasMessageContaining("millrace.gateway.kafka.max-frame");
    }

    private static KafkaProperties bound(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("millrace.gateway.kafka", KafkaProperties.class);
    }
}
