package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.system.client.Grpc;
import io.millrace.system.client.KafkaTraffic;
import io.millrace.system.client.Recording;
import io.millrace.system.cluster.Await;
import io.millrace.system.cluster.Cluster;
import io.millrace.system.cluster.Gateway;
import io.millrace.system.cluster.RunningCluster;
import io.millrace.system.kafka.BesideLibrdkafka;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Kafka clients know one address with two gateways behind it, and a gateway that is killed costs them a new connection. */
class KafkaGatewayLossTest {
    private static final String TOPIC = "behind-one-address";
    private static final int PARTITIONS = 6;
    private static final int REPLICAS = 3;

    /** On a quiet machine a fraction of a second; the rest is for a busy one. */
    private static final Duration RECONNECTED = Duration.ofSeconds(15);

    @RegisterExtension
    static final RunningCluster RUNNING = RunningCluster.withLongLeases();

    private final Cluster cluster = RUNNING.get();

    @BeforeEach
    void everythingRuns() {
        cluster.start();
    }

    /** librdkafka takes what is behind the address for one broker. */
    @Test
    void killedGatewaysCostProducersAndConsumersAConnectionAndNothingElse(@TempDir Path folder) throws Exception {
        cluster.createTopic(TOPIC, PARTITIONS, REPLICAS);
        cluster.createTopic("through-librdkafka", PARTITIONS, REPLICAS);
        Recording recording = new Recording(TOPIC, PARTITIONS);
        String address = cluster.kafka().address();
        try (KafkaTraffic traffic = KafkaTraffic.start(address, recording);
                BesideLibrdkafka beside = BesideLibrdkafka.start(address, "through-librdkafka", folder)) {
            Flow.await(traffic);
            beside.awaitFlow();
            int before = cluster.kafka().connections();

            for (Gateway gateway : cluster.gateways()) {
                gateway.process().kill();
                Flow.await(traffic);
                beside.awaitFlow();
                cluster.start();
            }

            traffic.stopWriting();
            Await.until("the consumer to see everything", Flow.LIMIT, () -> traffic.read() >= traffic.stored());
            assertThat(traffic.failures()).isEmpty();
            assertThat(traffic.longestSilence()).isLessThan(RECONNECTED);
            assertThat(cluster.kafka().connections()).isGreaterThan(before);
            beside.requireEachOnce();
        }
        try (Grpc gateway = Grpc.to(cluster.gateway(1).grpcPort())) {
            recording.readFinally(gateway);
        }
        recording.judge(2 * Flow.RECORDS);
    }
}
