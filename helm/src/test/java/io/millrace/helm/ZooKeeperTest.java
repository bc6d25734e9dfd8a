package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration, read by ZooKeeper's own classes. */
final class ZooKeeperTest {
    @TempDir
    private Path data;

    @Test
    void threeServersAreAQuorum() throws Exception {
        QuorumPeerConfig config = read("default", 2);

        assertThat(config.getServers()).containsOnlyKeys(1L, 2L, 3L);
        assertThat(config.isDistributed()).isTrue();
        assertThat(config.getServerId()).isEqualTo(2);
        assertThat(config.getClientPortAddress().getPort()).isEqualTo(2181);
        assertThat(config.getQuorumListenOnAllIPs()).isTrue();
        assertThat(config.getMetricsProviderConfiguration()).containsEntry("httpPort", "9404");
    }

    @Test
    void oneServerStandsAlone() throws Exception {
        QuorumPeerConfig config = read("single", 1);

        assertThat(config.isDistributed()).isFalse();
        assertThat(config.getClientPortAddress().getPort()).isEqualTo(2181);
    }

    /** As in a pod: the entry point of the image writes the pod's number into the data directory. */
    private QuorumPeerConfig read(String example, int number) throws Exception {
        Properties properties = new Properties();
        properties.load(new StringReader(Chart.render(example)
                .one("ConfigMap", "millrace-zookeeper")
                .at("data", "zoo.cfg")
                .text()));
        assertThat(properties.setProperty("dataDir", data.toString())).isEqualTo("/data");
        // The class comes with ZooKeeper's distribution, and so with the image, but not with its library.
        assertThat(properties.remove("metricsProvider.className"))
                .isEqualTo("org.apache.zookeeper.metrics.prometheus.PrometheusMetricsProvider");
        Files.writeString(data.resolve("myid"), String.valueOf(number));
        QuorumPeerConfig config = new QuorumPeerConfig();
        config.parseProperties(properties);
        return config;
    }
}
