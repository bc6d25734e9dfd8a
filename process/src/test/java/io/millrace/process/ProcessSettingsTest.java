package io.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class ProcessSettingsTest {
    private final Properties defaults = ProcessSettings.defaults();

    @Test
    void aProcessListensOnItsOwnMachineOnlyUntilItIsToldOtherwise() {
        assertThat(defaults).containsEntry("millrace.host", "127.0.0.1");
    }

    @Test
    void managementHasOnePortAndThePathsThatProbesAndPrometheusAsk() {
        assertThat(defaults)
                .containsEntry("millrace.management.port", "9404")
                .containsEntry("management.endpoints.web.base-path", "/")
                .containsEntry("management.endpoints.web.path-mapping.prometheus", "metrics")
                .containsEntry("management.endpoints.web.exposure.include", "health,info,prometheus");
    }

    @Test
    void beingAliveDoesNotDependOnOthers() {
        assertThat(defaults).containsEntry("management.endpoint.health.group.liveness.include", "livenessState");
    }
}
