package io.millrace.broker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class BrokerMetricsPropertiesTest {
    @Test
    void everyDefaultIsRecorded() {
        assertThat(bind(Map.of())).isEqualTo(new BrokerMetricsProperties(1_000));
    }

    @Test
    void anImpossibleValueIsRefusedByName() {
        assertThatThrownBy(() -> bind(Map.of("millrace.broker.metrics.topics-max", "-1")))
                .hasRootCauseMessage("millrace.broker.metrics.topics-max is out of its range, 0 to 100000");
    }

    private static BrokerMetricsProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("millrace.broker.metrics", BrokerMetricsProperties.class);
    }
}
