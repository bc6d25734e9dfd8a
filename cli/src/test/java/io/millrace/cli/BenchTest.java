package io.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.gateway.FakeGateway;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class BenchTest {
    private final FakeGateway gateway = new FakeGateway();

    @AfterEach
    void stop() {
        gateway.close();
    }

    private CommandRun bench(String arguments) {
        return CommandRun.against(gateway, ("bench " + arguments).split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "unary"})
    void producingEndsAfterTheRecordsAndReportsRatesAndLatencies(String api) {
        CommandRun run = bench("produce --records 1000 --batch 50 --streams 2 --warm-up 20ms --api " + api);

        assertThat(run.exitCode()).isZero();
        assertThat(run.errors()).isEqualTo("Creating topic bench with 4 partitions.\n");
        assertThat(run.text())
                .startsWith("records  1,000 in ")
                .contains(" records/s", " MB/s", "latency  p50 ", " p99.9 ", " max ");
        assertThat(gateway.log().records("bench")).hasSizeGreaterThanOrEqualTo(1000);
    }

    @Test
    void producingEndsAfterTheTime() {
        assertThat(bench("produce --duration 50ms --warm-up 20ms -o json").text())
                .contains("\"records_per_second\"", "\"p99.9\"", "\"failures\" : 0");
    }

    @Test
    void refusedRecordsAreAFailure() {
        CommandRun run = bench("produce --records 10 --batch 1 --size 1000001 --warm-up 0ms");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("records were not stored; the first because: The record has 1000001 bytes");
    }

    @Test
    void consumingReadsWhatIsThere() {
        gateway.log().create("bench", 4);
        CommandRun.against(gateway, "x\n".repeat(100).getBytes(UTF_8), "produce", "bench");

        CommandRun run = bench("consume --streams 3 --warm-up 20ms -o json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.text()).contains("\"records\" : 100,", "\"bytes\" : 100,");
    }

    @Test
    void loadsHaveLimits() {
        assertThat(bench("produce --duration 2h").exitCode()).isEqualTo(2);
        assertThat(bench("produce --streams 0").exitCode()).isEqualTo(2);
        assertThat(bench("produce --size 1000000 --batch 1000").exitCode()).isEqualTo(2);
        assertThat(bench("consume --topic nowhere").exitCode()).isEqualTo(3);
    }
}
