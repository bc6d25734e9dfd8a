package io.millrace.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts ZooKeeper once logging is set up and before any bean is made, and tells the beans where it is. It is no bean
 * itself, so that it outlives all of them.
 */
final class ZooKeeperFirst implements ApplicationContextInitializer<ConfigurableApplicationContext>, AutoCloseable {
    private final Path directory;
    private final int port;
    private @Nullable EmbeddedZooKeeper server;

    ZooKeeperFirst(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        EmbeddedZooKeeper started = start();
        server = started;
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "embedded ZooKeeper", Map.of("millrace.zookeeper.connect", started.connectString())));
    }

    private EmbeddedZooKeeper start() {
        try {
            return EmbeddedZooKeeper.start(directory, port);
        } catch (IOException e) {
            throw new IllegalStateException("ZooKeeper cannot start on " + directory + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while ZooKeeper was starting.");
        }
    }

    /** The running server. */
    EmbeddedZooKeeper server() {
        EmbeddedZooKeeper started = server;
        if (started == null) {
            throw new IllegalStateException("ZooKeeper has not been started.");
        }
        return started;
    }

    @Override
    public void close() {
        EmbeddedZooKeeper started = server;
        if (started != null) {
            started.close();
        }
    }
}
