package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.session.Io.Terminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class FailuresTest {
    @ParameterizedTest
    @ValueSource(strings = {"topic list", "cluster info", "consume orders", "produce orders"})
    void aServerThatIsDownIsUnavailableInOneSentence(String command) throws IOException {
        CommandRun run = on("http://127.0.0.1:" + closedPort(), command);

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.errors())
                .startsWith("millrace: No Millrace answers at 127.0.0.1:")
                .contains("(connection refused); start one with: millrace up")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"topic list", "produce orders", "consume orders"})
    void aServerThatSaysNothingIsUnavailableAfterTheTimeout(String command) throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CommandRun run = on("127.0.0.1:" + silent.getLocalPort(), "--timeout 300ms " + command);

            assertThat(run.exitCode()).isEqualTo(6);
            assertThat(run.errors()).contains("did not answer in time").hasLineCount(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--server ftp://x topic list",
                "--server http://h:99999 topic list",
                "topic",
                "topic lits",
                "topic create",
                "topic list -o xml",
                "--timeout soon topic list",
                "produce orders -f %q",
                "produce orders -f %k%v",
                "produce orders -f fixed",
                "produce orders --acks some",
                "produce orders -z rar",
                "produce orders -H nothing",
                "consume",
                "consume orders -o yesterday",
                "consume orders -o 1 -o 2",
                "consume orders --grep (",
                "consume orders -n -1",
                "consume orders -f %",
                "consume orders -f \\xg0"
            })
    void aMisuseIsToldFromAFailure(String command) {
        CommandRun run = CommandRun.of(command.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).startsWith("millrace: ").doesNotContain("Exception", "\tat ");
        assertThat(run.output().isEmpty()).isTrue();
    }

    @Test
    void aMissingFileIsAFailureWithItsName() {
        CommandRun run = CommandRun.of("produce", "orders", "--file", "/no/such/file");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors())
                .isEqualTo("millrace: There is no file /no/such/file that could be read; check its name.\n");
    }

    @Test
    void everyCommandExplainsItself() {
        CommandRun run = CommandRun.of("produce", "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.text()).contains("Usage: millrace produce", "%k is the key", "default: %v\\n");
    }

    private static CommandRun on(String server, String command) {
        return CommandRun.with(
                new ByteArrayInputStream(new byte[0]),
                Terminal.NONE,
                ("--server " + server + " " + command).split(" "));
    }

    private static int closedPort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
