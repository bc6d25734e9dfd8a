package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart lets the client do, and that the client understands it. */
final class ClientCommandsTest {
    /** Nobody listens there. */
    private static final String NOWHERE = "127.0.0.1:1";

    private static final int USAGE = 2;
    private static final int UNAVAILABLE = 6;

    @TempDir
    private static Path directory;

    static Stream<List<String>> commands() {
        return Chart.render("ha").podsOf("client").stream()
                .flatMap(pod -> pod.containers().stream())
                .map(container -> container.at("args").texts());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theClientUnderstandsEveryCommandAndFailsOnlyBecauseNobodyAnswers(List<String> arguments) throws Exception {
        assertThat(exitCode(arguments)).isEqualTo(UNAVAILABLE);
    }

    @Test
    void aCommandThatTheClientDoesNotKnowWouldBeNoticed() throws Exception {
        assertThat(exitCode(List.of("topic", "create", "quakes", "--if-not-there")))
                .isEqualTo(USAGE);
    }

    @Test
    void everyTopicOfTheValuesIsCreatedAsItIsGiven() {
        PodTemplate job =
                PodTemplate.of(Chart.render("ha").one("Job", "millrace-topics")).orElseThrow();

        assertThat(job.spec().at("initContainers").list())
                .extracting(container -> String.join(" ", container.at("args").texts()))
                .containsExactly(
                        "topic create orders --if-not-exists --partitions 24",
                        "topic create payments --if-not-exists --partitions 12 --replication-factor 3"
                                + " --config durability=fsync --config retention.ms=604800000");
        assertThat(job.spec().at("restartPolicy").text()).isEqualTo("OnFailure");
    }

    @Test
    void withoutTopicsThereIsNoJob() {
        assertThat(Chart.render("default").all("Job")).isEmpty();
    }

    @Test
    void theTestReadsOnlyWhatItHasWritten() {
        Manifests manifests = Chart.render("default");
        List<Node> containers = PodTemplate.of(manifests.one("Pod", "millrace-test-produce-consume"))
                .orElseThrow()
                .containers();
        List<String> produce = containers.get(1).at("args").texts();
        List<String> consume = containers.get(2).at("args").texts();

        String record = manifests
                .one("ConfigMap", "millrace-test-records")
                .at("data", "records.txt")
                .text();

        assertThat(containers.get(0).at("args").texts()).contains("--if-not-exists", "millrace-helm-test");
        assertThat(produce).containsSubsequence("produce", "millrace-helm-test", "--file", "/records/records.txt");
        assertThat(consume).containsSubsequence("consume", "millrace-helm-test", "-o", "@-2m", "-n", "1", "--grep");
        assertThat(record.strip()).isEqualTo(consume.getLast());
    }

    @ParameterizedTest
    @MethodSource("io.millrace.helm.Chart#examples")
    void theClientIsToldWhereTheGatewaysAre(String example) {
        Manifests manifests = Chart.render(example);

        assertThat(manifests.podsOf("client"))
                .isNotEmpty()
                .allSatisfy(pod -> assertThat(
                                pod.variable("MILLRACE_SERVER").at("value").text())
                        .isEqualTo("millrace-gateway.streaming.svc.cluster.local:50051"));
        assertThat(manifests
                        .one("Service", "millrace-gateway")
                        .at("spec", "ports")
                        .list())
                .anyMatch(port -> port.at("port").is(50051));
    }

    private static int exitCode(List<String> arguments) throws IOException, InterruptedException {
        Path records = directory.resolve("records.txt");
        Files.writeString(records, "a record\n");
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        arguments.forEach(argument -> command.add(argument.replace("/records/records.txt", records.toString())));
        ProcessBuilder client = new ProcessBuilder(command);
        client.environment().put("MILLRACE_SERVER", NOWHERE);
        client.redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile());
        Process process = client.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
