package io.millrace.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class ControllerMetersTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ControllerMeters meters = new ControllerMeters(registry);

    @Test
    void electionsAreCountedByWhatTheyCost() {
        meters.elected(5, 2, 1);

        assertThat(registry.scrape())
                .contains(
                        "millrace_controller_leader_elections_total 5.0",
                        "kafka_controller_controllerstats_electionfromeligibleleaderreplicas_total 2.0",
                        "kafka_controller_controllerstats_uncleanleaderelections_total 1.0");
    }

    @Test
    void anElectionTookAsLongAsAllPartsOfItsDecisionTookToWrite() {
        meters.written(1, 1, 3, 90_000_000);
        meters.written(1, 2, 100, 4_000_000);
        meters.written(2, 2, 7, 2_000_000);
        meters.elected(50, 0, 0);

        assertThat(registry.scrape())
                .contains(
                        "kafka_controller_controllerstats_leaderelectionrateandtimems_count 1",
                        "kafka_controller_controllerstats_leaderelectionrateandtimems_sum 6.0");
    }
}
