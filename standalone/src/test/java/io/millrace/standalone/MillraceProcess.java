package io.millrace.standalone;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Millrace in a process of its own, on free loopback ports, which a test can kill. */
final class MillraceProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Pattern REST = Pattern.compile("REST +http://127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern KAFKA = Pattern.compile("Kafka +127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern GRPC = Pattern.compile("gRPC +127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final int restPort;
    private final int grpcPort;
    private final int kafkaPort;
    private final ManagedChannel channel;

    private MillraceProcess(Process process, int restPort, int grpcPort, int kafkaPort) {
        this.process = process;
        this.restPort = restPort;
        this.grpcPort = grpcPort;
        this.kafkaPort = kafkaPort;
        this.channel = NettyChannelBuilder.forAddress("127.0.0.1", grpcPort)
                .usePlaintext()
                .build();
    }

    /** Starts a process on the data directory and waits until it has printed its screen. */
    static MillraceProcess start(Path data) throws IOException, InterruptedException {
        return start(data, "384m");
    }

    /** The same with a heap of that size at most. */
    static MillraceProcess start(Path data, String heap) throws IOException, InterruptedException {
        Path screen = Files.createTempFile(data.getParent(), "screen", ".txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Millrace.class.getName(),
                "--data",
                data.toString()));
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
            Matcher rest = REST.matcher(text);
            Matcher grpc = GRPC.matcher(text);
            Matcher kafka = KAFKA.matcher(text);
            if (text.contains("Try, in another terminal") && rest.find() && grpc.find() && kafka.find()) {
                return new MillraceProcess(
                        process,
                        Integer.parseInt(rest.group(1)),
                        Integer.parseInt(grpc.group(1)),
                        Integer.parseInt(kafka.group(1)));
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        process.destroyForcibly();
        throw new IllegalStateException("Millrace did not start:\n" + Files.readString(screen));
    }

    ManagedChannel channel() {
        return channel;
    }

    URI rest(String path) {
        return URI.create("http://127.0.0.1:" + restPort + path);
    }

    int grpcPort() {
        return grpcPort;
    }

    int kafkaPort() {
        return kafkaPort;
    }

    /** Ends the process as a loss of power to it would: no hook runs, nothing is flushed. */
    void kill() throws InterruptedException {
        channel.shutdownNow();
        process.destroyForcibly();
        process.waitFor();
    }

    /** Asks the process to stop, as Ctrl-C does, and returns its exit code. */
    int stop() throws InterruptedException {
        channel.shutdownNow();
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("Millrace did not stop within 30 s.");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
