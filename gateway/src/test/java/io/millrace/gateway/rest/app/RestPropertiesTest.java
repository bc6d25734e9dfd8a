package io.millrace.gateway.rest.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class RestPropertiesTest {
    @Test
    void everyDefaultIsRecorded() {
        assertThat(bind(Map.of()))
                .isEqualTo(new RestProperties(
                        "",
                        DataSize.ofMegabytes(8),
                        DataSize.ofMegabytes(16),
                        DataSize.ofMegabytes(64),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(15),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @CsvSource({
        "base-path, kafka",
        "base-path, /kafka/",
        "max-record, 0",
        "max-body, 1GB",
        "max-bodies, 15MB",
        "max-wait, -1s",
        "keep-alive, 0",
        "body-idle, 0",
        "produce-timeout, 0",
    })
    void whatIsOutOfRangeIsRefused(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of("millrace.gateway.rest." + name, value)))
                .isInstanceOf(BindException.class)
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }

    private static RestProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("millrace.gateway.rest", RestProperties.class);
    }
}
