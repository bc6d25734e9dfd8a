package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.system.client.Grpc;
import io.millrace.system.client.KafkaTraffic;
import io.millrace.system.client.Recording;
import io.millrace.system.cluster.Await;
import io.millrace.system.cluster.Cluster;
import io.millrace.system.cluster.Management;
import io.millrace.system.cluster.RunningCluster;
import io.millrace.system.kafka.BesideLibrdkafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that have gateways in their own processes: Kafka clients get straight to the leaders, as they do in Kafka. */
class NodesTest {
    private static final int PARTITIONS = 6;
    private static final int REPLICAS = 3;

    @RegisterExtension
    static final RunningCluster RUNNING = RunningCluster.ofNodes();

    private final Cluster cluster = RUNNING.get();

    @BeforeEach
    void everythingRuns() {
        cluster.start();
    }

    @Test
    void clientsAreToldWhereEachBrokerIs() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address(1)))) {
            assertThat(admin.describeCluster().nodes().get())
                    .extracting(Node::id, node -> node.host() + ":" + node.port(), Node::rack)
                    .containsExactlyInAnyOrder(told(1), told(2), told(3));
        }
    }

    private Tuple told(int id) {
        return tuple(id, address(id), "node-" + id);
    }

    /** librdkafka tells brokers apart here, as each has an address of its own. */
    @Test
    void killedNodesCostClientsNothingThatWasAcknowledged(@TempDir Path folder) throws Exception {
        cluster.createTopic("straight-to-leaders", PARTITIONS, REPLICAS);
        cluster.createTopic("librdkafka-to-leaders", PARTITIONS, REPLICAS);
        Recording recording = new Recording("straight-to-leaders", PARTITIONS);
        try (KafkaTraffic traffic = KafkaTraffic.start(addresses(), recording);
                BesideLibrdkafka beside = BesideLibrdkafka.start(addresses(), "librdkafka-to-leaders", folder)) {
            Flow.await(traffic);
            beside.awaitFlow();
            for (int node = 1; node <= 2; node++) {
                cluster.gateway(node).process().kill();
                Flow.await(traffic);
                beside.awaitFlow();
                cluster.start();
            }

            traffic.stopWriting();
            Await.until("the consumer to see everything", Flow.LIMIT, () -> traffic.read() >= traffic.stored());
            assertThat(traffic.failures()).isEmpty();
            beside.requireEachOnce();
        }
        try (Grpc gateway = Grpc.to(cluster.gateway(3).grpcPort())) {
            recording.readFinally(gateway);
        }
        recording.judge(2 * Flow.RECORDS);
    }

    @Test
    void aConsumerReadsFromTheNodeInItsRack() throws Exception {
        String topic = "read-nearby";
        cluster.createTopic(topic, 1, REPLICAS);
        TopicPartition partition = new TopicPartition(topic, 0);
        produce(topic);
        int leader = leaderOf(topic);
        int nearby = leader % REPLICAS + 1;

        Map<String, Object> config =
                Map.of("bootstrap.servers", addresses(), "client.rack", "node-" + nearby, "enable.auto.commit", false);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Await.until("all records to be read", Flow.LIMIT, () -> {
                consumer.poll(Duration.ofMillis(100));
                return consumer.position(partition) >= Flow.RECORDS;
            });
        }

        assertThat(fetchesOf(topic, nearby)).isPositive();
    }

    private void produce(String topic) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", addresses()), new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < Flow.RECORDS; i++) {
                var _ = producer.send(new ProducerRecord<>(topic, "value " + i));
            }
        }
    }

    private int leaderOf(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address(1)))) {
            return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                    .flatMap(described -> described.partitions().stream())
                    .map(described -> described.leader().id())
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Reads of that topic that the broker of a node has served. */
    private double fetchesOf(String topic, int node) throws Exception {
        return Management.at(cluster.broker(node).managementPort())
                .total("kafka_server_brokertopicmetrics_totalfetchrequests_total", "topic=\"" + topic + "\"");
    }

    private String address(int node) {
        return "127.0.0.1:" + cluster.gateway(node).kafkaPort();
    }

    private String addresses() {
        return IntStream.rangeClosed(1, REPLICAS).mapToObj(this::address).collect(Collectors.joining(","));
    }
}
