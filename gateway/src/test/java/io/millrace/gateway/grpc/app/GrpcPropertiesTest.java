package io.millrace.gateway.grpc.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class GrpcPropertiesTest {
    @Test
    void theDefaultsAreThese() {
        assertThat(bound(Map.of()))
                .isEqualTo(new GrpcProperties(
                        DataSize.ofMegabytes(8),
                        2,
                        1_000,
                        100,
                        DataSize.ofMegabytes(1),
                        Duration.ofSeconds(60),
                        10_000,
                        DataSize.ofMegabytes(16),
                        200_000,
                        Duration.ofSeconds(30)));
    }

    @Test
    void aValueOutsideItsRangeIsRefusedByName() {
        assertThatThrownBy(() -> bound(Map.of("millrace.gateway.grpc.max-message", "1B")))
                .rootCause()
                .hasMessageContaining("millrace.gateway.grpc.max-message");
    }

    private static GrpcProperties bound(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("millrace.gateway.grpc", GrpcProperties.class);
    }
}
