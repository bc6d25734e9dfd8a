package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.gateway.FakeGateway;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QuotaCommandsTest {
    private final FakeGateway gateway = new FakeGateway();

    @AfterEach
    void stop() {
        gateway.close();
    }

    private CommandRun millrace(String... arguments) {
        return CommandRun.against(gateway, arguments);
    }

    @Test
    void quotasAreSetAndListed() {
        CommandRun run =
                millrace("quota", "set", "--user", "alice", "producer_byte_rate=10485760", "request_percentage=12.5");
        millrace("quota", "set", "--user-defaults", "--client", "app", "consumer_byte_rate=1000");
        millrace("quota", "set", "--ip", "::1", "connection_creation_rate=5");

        assertThat(run.exitCode()).isZero();
        assertThat(run.output().isEmpty()).isTrue();
        assertThat(run.errors()).isEqualTo("Quotas of user alice are set.\n");
        assertThat(millrace("quota", "list").text()).isEqualTo("""
                USER       CLIENT  IP   LIMITS
                alice      -       -    producer_byte_rate=10485760 request_percentage=12.5
                <default>  app     -    consumer_byte_rate=1000
                -          -       ::1  connection_creation_rate=5
                """);
    }

    @Test
    void aProgramReadsThemWhole() {
        millrace("quota", "set", "--user", "alice", "--client-defaults", "request_percentage=12.5");

        assertThat(millrace("quota", "list", "-o", "json").text().replaceAll("\\s", ""))
                .isEqualTo("[{\"entity\":{\"user\":{\"name\":\"alice\"},\"client_id\":{\"default\":true}},"
                        + "\"limits\":{\"request_percentage\":12.5}}]");
    }

    @Test
    void quotasAreResetOneByOne() {
        millrace("quota", "set", "--client", "app", "producer_byte_rate=1", "consumer_byte_rate=2");

        CommandRun run = millrace("quota", "reset", "--client", "app", "producer_byte_rate", "-o", "json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.text().replaceAll("\\s", "")).isEqualTo("{\"client_id\":{\"name\":\"app\"}}");
        assertThat(millrace("quota", "list").text())
                .contains("consumer_byte_rate=2")
                .doesNotContain("producer");
    }

    @Test
    void aDryRunSetsNothing() {
        CommandRun run = millrace("quota", "set", "--ip-defaults", "connection_creation_rate=5", "--dry-run");

        assertThat(run.errors()).isEqualTo("Quotas of ip <default> could be set so.\n");
        assertThat(millrace("quota", "list", "-o", "json").text()).isEqualTo("[ ]\n");
    }

    @Test
    void aRefusalIsToldInItsWords() {
        CommandRun run = millrace("quota", "set", "--user", "alice", "producer_byte_rate=-1");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).isEqualTo("It must be greater than 0.\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set producer_byte_rate=1",
                "set --user alice",
                "set --user alice producer_byte_rate",
                "set --user alice producer_byte_rate=fast",
                "set --user alice --user-defaults producer_byte_rate=1",
                "reset producer_byte_rate",
                "reset --user alice",
            })
    void whatSaysTooLittleOrTooMuchIsAMisuse(String arguments) {
        CommandRun run = millrace(Stream.concat(Stream.of("quota"), Stream.of(arguments.split(" ")))
                .toArray(String[]::new));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).startsWith("millrace: ");
    }
}
