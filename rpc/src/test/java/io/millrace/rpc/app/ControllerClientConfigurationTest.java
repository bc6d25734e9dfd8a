package io.millrace.rpc.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.ControllerStanding;
import io.millrace.rpc.client.ControllerAddress;
import io.millrace.rpc.client.ControllerClient;
import io.millrace.rpc.client.ControllerClientOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.unit.DataSize;

class ControllerClientConfigurationTest {
    @Test
    void theDefaultsAreThese() {
        ControllerClientProperties defaults =
                bound("millrace.controller-client", ControllerClientProperties.class, Map.of());

        assertThat(defaults)
                .isEqualTo(new ControllerClientProperties(
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(6),
                        DataSize.ofMegabytes(64)));
        assertThat(defaults.options()).isEqualTo(ControllerClientOptions.DEFAULTS);
    }

    @Test
    void controllersAreAlistOfAddresses() {
        ControllersProperties properties = bound(
                "millrace",
                ControllersProperties.class,
                Map.of("millrace.controllers", "controller-1:19093, controller-2:19094,[::1]:19095"));

        assertThat(properties.addresses())
                .containsExactly(
                        new ControllerAddress("controller-1", 19093),
                        new ControllerAddress("controller-2", 19094),
                        new ControllerAddress("::1", 19095));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"controller-1", "controller-1:", ":19093", "controller-1:0", "controller-1:65536", "::1:19093"})
    void anAddressThatIsNoneIsRefusedByName(String address) {
        assertThatThrownBy(
                        () -> bound("millrace", ControllersProperties.class, Map.of("millrace.controllers", address)))
                .hasStackTraceContaining("millrace.controllers: ")
                .hasStackTraceContaining(address);
    }

    @Test
    void aValueOutsideItsRangeIsRefusedByName() {
        assertThatThrownBy(() -> bound(
                        "millrace.controller-client",
                        ControllerClientProperties.class,
                        Map.of("millrace.controller-client.silence-max", "0s")))
                .rootCause()
                .hasMessageContaining("millrace.controller-client.silence-max");
    }

    @Test
    void aProcessWithoutControllersDoesNotStart() {
        assertThatThrownBy(() -> context(Map.of()).close())
                .rootCause()
                .hasMessageContaining("millrace.controllers is empty");
    }

    @Test
    void aProcessHasAclientOfTheControllers() {
        try (AnnotationConfigApplicationContext context = context(Map.of("millrace.controllers", "127.0.0.1:1"))) {
            assertThat(context.getBean(ControllerApi.class)).isInstanceOf(ControllerClient.class);
            assertThat(context.getBean(ControllerApi.class).standing()).isEqualTo(ControllerStanding.UNKNOWN);
        }
    }

    private static AnnotationConfigApplicationContext context(Map<String, Object> settings) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
        context.register(ControllerClientConfiguration.class);
        context.refresh();
        return context;
    }

    private static <T> T bound(String prefix, Class<T> type, Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }
}
