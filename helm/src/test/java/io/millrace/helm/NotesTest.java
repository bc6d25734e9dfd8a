package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is printed after an installation. */
final class NotesTest {
    @ParameterizedTest
    @MethodSource("io.millrace.helm.Chart#examples")
    void whoHasInstalledIsToldHowToReachTheGateways(String example) {
        assertThat(Chart.notes(Chart.valuesOf(example)))
                .contains("http://millrace-gateway.streaming.svc.cluster.local:8082")
                .contains("millrace-gateway.streaming.svc.cluster.local:50051")
                .contains("helm test millrace -n streaming")
                .doesNotContain("\n\n\n");
    }

    @Test
    void hostsAreNamedWhereThereAreAny() {
        assertThat(Chart.notes(Chart.valuesOf("tls-ready")))
                .contains("https://millrace.example.com", "grpc.millrace.example.com:443", "millrace.example.org")
                .doesNotContain("port-forward", "Nothing is encrypted");
    }

    @Test
    void whoUpdatesBrokersRackByRackIsToldHow() {
        assertThat(Chart.notes(Chart.valuesOf("racks")))
                .containsSubsequence("delete pod -l", "rack=a", "rack=b", "rack=c");
        assertThat(Chart.notes(Chart.valuesOf("default"))).doesNotContain("delete pod");
    }

    @Test
    void tooFewBrokersForThreeReplicasAreTold() {
        assertThat(Chart.notes(Chart.valuesOf("single"))).contains("topics get one replica.");
        assertThat(Chart.notes(Chart.valuesOf("default"))).doesNotContain("fewer than three brokers");
        assertThat(Chart.notes(Chart.valuesOf("racks"))).doesNotContain("fewer than three brokers");
    }

    @Test
    void withoutTlsThatIsSaid() {
        assertThat(Chart.notes(Chart.valuesOf("default"))).contains("port-forward", "Nothing is encrypted");
    }
}
