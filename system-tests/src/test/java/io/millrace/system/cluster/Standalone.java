package io.millrace.system.cluster;

import io.millrace.system.client.Rest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Everything in one process, on free ports of the loopback interface.
 *
 * @param restPort for HTTP
 * @param kafkaPort for the Kafka protocol
 */
public record Standalone(ServerProcess process, int restPort, int kafkaPort) implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Pattern REST = Pattern.compile("REST +http://127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern KAFKA = Pattern.compile("Kafka +127\\.0\\.0\\.1:(\\d+)");

    /** Starts one in a folder, and returns when it serves. */
    public static Standalone start(Path folder) {
        List<String> command = new ArrayList<>(Program.STANDALONE.command(List.of()));
        command.addAll(List.of("--data", folder.resolve("data").toAbsolutePath().toString()));
        for (String listener : List.of("rest", "grpc", "kafka", "management", "zookeeper")) {
            command.add("--" + listener + "-port=0");
        }
        ServerProcess process = new ServerProcess("standalone", folder, command);
        process.start();
        try {
            String screen = Await.until("standalone", LIMIT, process::tail, tail -> tail.contains("Try, in another"));
            return new Standalone(process, port(REST, screen), port(KAFKA, screen));
        } catch (AssertionError late) {
            process.kill();
            throw late;
        }
    }

    private static int port(Pattern line, String screen) {
        return line.matcher(screen)
                .results()
                .map((MatchResult found) -> Integer.parseInt(found.group(1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(screen));
    }

    /** Its REST API. */
    public Rest rest() {
        return new Rest(restPort);
    }

    /** Host and port of the Kafka protocol. */
    public String kafka() {
        return "127.0.0.1:" + kafkaPort;
    }

    @Override
    public void close() {
        process.kill();
    }
}
