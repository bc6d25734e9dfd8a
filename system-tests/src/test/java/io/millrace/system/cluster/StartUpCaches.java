package io.millrace.system.cluster;

import io.millrace.system.client.Grpc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** Makes the start-up caches of the programs, once after each build: these tests start them some hundred times. */
final class StartUpCaches {
    /** The JVM works for some seconds when it ends. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private StartUpCaches() {}

    /** Lets a small cluster work for a moment and stop, if a cache is missing. */
    static void make(Path folder) {
        if (programs().allMatch(Program::hasCache)) {
            return;
        }
        try {
            Files.createDirectories(Program.BROKER.cache().getParent());
            for (Program program : programs().toList()) {
                Files.deleteIfExists(program.cache());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (Cluster cluster = Cluster.in(folder, ClusterPlan.of(1, 1, 1).learning())) {
            cluster.start();
            try (Grpc gateway = Grpc.to(cluster.gateway(1).grpcPort())) {
                gateway.createTopic("learning", 1, 1);
                Await.until("the topic to be served", LIMIT, () -> gateway.isServed("learning"));
            }
            cluster.programs().parallel().forEach(process -> process.stop(LIMIT));
        }
    }

    private static Stream<Program> programs() {
        return Stream.of(Program.CONTROLLER, Program.BROKER, Program.GATEWAY);
    }
}
