package io.millrace.rpc.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.rpc.transport.SessionOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/** Records every default, so that none changes unnoticed. */
class RpcPropertiesTest {
    @Test
    void defaultsOfServers() {
        assertThat(bound("millrace.rpc.server", RpcServerProperties.class, Map.of()))
                .isEqualTo(new RpcServerProperties(
                        DataSize.ofMegabytes(32),
                        2,
                        1000,
                        10_000,
                        DataSize.ofMegabytes(2),
                        DataSize.ofMegabytes(64),
                        DataSize.ofMegabytes(64),
                        Duration.ofMillis(500)));
    }

    @Test
    void defaultsOfClients() {
        assertThat(bound("millrace.rpc.client", RpcClientProperties.class, Map.of()))
                .isEqualTo(new RpcClientProperties(
                        DataSize.ofMegabytes(32),
                        DataSize.ofMegabytes(128),
                        2,
                        DataSize.ofMegabytes(2),
                        DataSize.ofMegabytes(64),
                        DataSize.ofMegabytes(128),
                        DataSize.ofMegabytes(64),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(3)));
    }

    @Test
    void defaultsOfReplication() {
        RpcReplicationProperties properties =
                bound("millrace.rpc.replication", RpcReplicationProperties.class, Map.of());

        assertThat(properties)
                .isEqualTo(new RpcReplicationProperties(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(5),
                        1000,
                        DataSize.ofMegabytes(1),
                        DataSize.ofKilobytes(512)));
        assertThat(properties.options()).isEqualTo(SessionOptions.DEFAULTS);
    }

    @Test
    void aBrokerMayNotPassForSilentBetweenTwoSigns() {
        assertThatThrownBy(() -> bound(
                        "millrace.rpc.replication",
                        RpcReplicationProperties.class,
                        Map.of("millrace.rpc.replication.still-here-after", "2s")))
                .rootCause()
                .hasMessage("millrace.rpc.replication.silence-max is out of its range, "
                        + "which is twice still-here-after or more");
    }

    @Test
    void aClientSendsNoMoreThanAServerTakes() {
        assertThat(bound("millrace.rpc.client", RpcClientProperties.class, Map.of())
                        .maxMessage())
                .isLessThanOrEqualTo(bound("millrace.rpc.server", RpcServerProperties.class, Map.of())
                        .maxMessage());
    }

    @Test
    void aValueOutOfItsRangeIsRefusedByName() {
        assertThatThrownBy(() -> bound(
                        "millrace.rpc.client",
                        RpcClientProperties.class,
                        Map.of("millrace.rpc.client.max-requests-in-flight", "1MB")))
                .rootCause()
                .hasMessage("millrace.rpc.client.max-requests-in-flight is out of its range, "
                        + "which is 33554432 bytes or more");
        assertThatThrownBy(() -> bound(
                        "millrace.rpc.server",
                        RpcServerProperties.class,
                        Map.of("millrace.rpc.server.max-message", "1KB")))
                .rootCause()
                .hasMessage("millrace.rpc.server.max-message is out of its range, which is 1 to 512 MB");
    }

    private static <T> T bound(String prefix, Class<T> type, Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }
}
