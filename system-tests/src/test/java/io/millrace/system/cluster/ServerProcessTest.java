package io.millrace.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final List<ServerProcess> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.stream().filter(ServerProcess::isRunning).forEach(ServerProcess::kill);
    }

    @Test
    void itStopsWithItsOwnCodeAndRunsAgainWithWhatItKept() {
        ServerProcess process = start("trap 'exit 7' TERM; echo start >> kept; while :; do sleep 0.05; done");

        assertThat(process.stop()).isEqualTo(7);
        process.start();
        Await.until("the second start", LIMIT, () -> Files.readAllLines(kept()), lines -> lines.size() == 2);
    }

    @Test
    void aKilledProcessIsGone() {
        ServerProcess process = start("trap '' TERM; echo start >> kept; while :; do sleep 0.05; done");
        process.kill();

        assertThat(process.isRunning()).isFalse();
    }

    @Test
    void aPausedProcessDoesNothingAndIsThere() throws Exception {
        ServerProcess process = start("while :; do echo . >> kept; sleep 0.01; done");
        process.pause();
        Await.until("the process to be stopped", LIMIT, () -> isStopped(process));
        long before = Files.size(kept());
        process.resume();

        Await.until("it to go on", LIMIT, () -> Files.size(kept()) > before);
        assertThat(process.isRunning()).isTrue();
    }

    @Test
    void whoWaitsInVainLearnsWhatItPrinted() {
        ServerProcess process = start("echo start >> kept; echo these are my last words; exec sleep 60");
        Await.until("its words", LIMIT, process::tail, tail -> tail.contains("words"));

        assertThatThrownBy(() -> process.awaitEnd(Duration.ofMillis(50)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("these are my last words");
    }

    private ServerProcess start(String script) {
        ServerProcess process = new ServerProcess("script", folder, List.of("sh", "-c", script));
        started.add(process);
        process.start();
        Await.until("the script to run", LIMIT, () -> Files.exists(kept()));
        return process;
    }

    private Path kept() {
        return folder.resolve("kept");
    }

    private static boolean isStopped(ServerProcess process) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))
                .contains("State:\tT (stopped)");
    }
}
