package io.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class RuntimeMetersTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void theProcessIsShownUnderTheNamesOfPrometheusClients() {
        new RuntimeMeters().bindTo(registry);

        assertThat(registry.scrape())
                .contains(
                        "\njvm_threads_current ",
                        "\njvm_gc_collection_seconds_count{gc=",
                        "\njvm_gc_collection_seconds_sum{gc=",
                        "\nprocess_cpu_seconds_total ",
                        "\nprocess_open_fds ",
                        "\nprocess_max_fds ");
    }

    @Test
    void theProcessTakesMoreMemoryThanItsHeapHolds() {
        new RuntimeMeters().bindTo(registry);

        long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        assertThat(registry.get("process.resident.memory").gauge().value()).isGreaterThan(heap / 2.0);
    }
}
