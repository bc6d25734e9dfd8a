package io.millrace.controller.app;

import static io.millrace.controller.app.ControllerProperties.require;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the controller reaches ZooKeeper.
 *
 * @param connect hosts and ports, separated by commas
 * @param sessionTimeout silence after which ZooKeeper lets another controller lead
 * @param connectionTimeout how long one attempt to connect may take
 * @param writeMax largest write; a decision above it is split. Must stay below ZooKeeper's jute.maxbuffer of 1 MiB.
 */
@ConfigurationProperties("millrace.zookeeper")
public record ZooKeeperProperties(
        @DefaultValue("127.0.0.1:2181") String connect,
        @DefaultValue("4s") Duration sessionTimeout,
        @DefaultValue("3s") Duration connectionTimeout,
        @DefaultValue("512KB") DataSize writeMax) {
    private static final DataSize WRITE_MIN = DataSize.ofKilobytes(64);
    private static final DataSize WRITE_MAX_MAX = DataSize.ofKilobytes(900);

    public ZooKeeperProperties {
        require(!connect.isBlank(), "millrace.zookeeper.connect must name at least one host and port");
        require(
                sessionTimeout.toMillis() >= 1_000 && sessionTimeout.toMillis() <= 600_000,
                "millrace.zookeeper.session-timeout must be 1 s to 10 min");
        require(
                connectionTimeout.toMillis() >= 100 && connectionTimeout.toMillis() <= 600_000,
                "millrace.zookeeper.connection-timeout must be 100 ms to 10 min");
        require(
                writeMax.compareTo(WRITE_MIN) >= 0 && writeMax.compareTo(WRITE_MAX_MAX) <= 0,
                "millrace.zookeeper.write-max must be 64 KB to 900 KB");
    }
}
