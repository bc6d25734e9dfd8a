package io.millrace.kafkatools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Millrace in a process of its own, on free loopback ports. */
final class RunningMillrace implements AutoCloseable {
    private static final Path PROGRAM = Path.of("../standalone/target/standalone.jar");
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Pattern KAFKA = Pattern.compile("Kafka +127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final String bootstrapServer;

    private RunningMillrace(Process process, String bootstrapServer) {
        this.process = process;
        this.bootstrapServer = bootstrapServer;
    }

    /**
     * Starts a process on a directory below that one, and waits until it has printed its screen.
     *
     * @param settings as {@code name=value}
     */
    static RunningMillrace start(Path folder, String... settings) throws IOException, InterruptedException {
        Path screen = folder.resolve("screen.txt");
        List<String> command =
                new ArrayList<>(List.of(java(), "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        List.of(settings).forEach(setting -> command.add("-D" + setting));
        command.addAll(List.of(
                "-jar", PROGRAM.toString(), "--data", folder.resolve("data").toString()));
        for (String listener : List.of("rest", "grpc", "kafka", "management", "zookeeper")) {
            command.add("--" + listener + "-port=0");
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(screen.toFile())
                .start();
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            String text = Files.readString(screen);
            Matcher kafka = KAFKA.matcher(text);
            if (text.contains("Try, in another terminal") && kafka.find()) {
                return new RunningMillrace(process, "127.0.0.1:" + kafka.group(1));
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        process.destroyForcibly();
        throw new IllegalStateException("Millrace did not start:\n" + Files.readString(screen));
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    String bootstrapServer() {
        return bootstrapServer;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
