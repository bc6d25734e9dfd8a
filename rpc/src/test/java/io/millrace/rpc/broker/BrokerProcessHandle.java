package io.millrace.rpc.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@link BrokerProcess} that this one has started. */
final class BrokerProcessHandle implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final int port;

    /** A process with these options of the virtual machine, besides its heap and class path. */
    BrokerProcessHandle(String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED"));
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BrokerProcess.class.getName()));
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answers = process.inputReader(StandardCharsets.UTF_8);
        port = Integer.parseInt(answer().substring("port ".length()));
    }

    int port() {
        return port;
    }

    /** Processor time that it has used. */
    Duration cpuTime() {
        return process.toHandle().info().totalCpuDuration().orElseThrow();
    }

    /** Every fetch is answered with so many bytes from now on, and appends go nowhere. */
    void discardAndAnswer(int fetchedBytes) {
        say("discard " + fetchedBytes);
    }

    void freshBroker() {
        say("fresh");
    }

    void createTopic(String name, int partitions, Map<String, String> configs) {
        StringBuilder line =
                new StringBuilder("topic ").append(name).append(' ').append(partitions);
        configs.forEach(
                (config, value) -> line.append(' ').append(config).append('=').append(value));
        say(line.toString());
    }

    /** Kills it. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(String line) {
        try {
            process.outputWriter(StandardCharsets.UTF_8)
                    .append(line)
                    .append('\n')
                    .flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(answer()).isEqualTo("done");
    }

    private String answer() {
        try {
            String line = answers.readLine();
            assertThat(line).as("what the broker's process says").isNotNull();
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
