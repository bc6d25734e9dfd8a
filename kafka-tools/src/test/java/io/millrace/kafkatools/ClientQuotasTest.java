package io.millrace.kafkatools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.tools.ConfigCommand;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators set quotas with Kafka's tool, and Kafka's own clients get what these allow. */
class ClientQuotasTest {
    private static final int BYTES_PER_SECOND = 200_000;
    private static final int RECORD_BYTES = 1_000;
    private static final double AT_MOST = 1.2 * BYTES_PER_SECOND;

    /** A client that the machine lets wait falls short of its quota by itself. */
    private static final double AT_LEAST = 0.5 * BYTES_PER_SECOND;

    private static final double NANOS_PER_SECOND = 1e9;

    /** What the window lets through at once is over by then. */
    private static final Duration WARM_UP = Duration.ofSeconds(2);

    /** Several windows, each of which begins with what it lets through at once. */
    private static final Duration MEASURED = Duration.ofSeconds(6);

    @TempDir
    static Path folder;

    private static RunningMillrace millrace;

    @BeforeAll
    static void start() throws Exception {
        millrace = RunningMillrace.start(folder, "millrace.gateway.kafka.quotas.window-samples=2");
    }

    @AfterAll
    static void stop() {
        millrace.close();
    }

    @Test
    void aClientIdsQuotaIsSetDescribedAndRemoved() {
        assertThat(configs("clients", "--entity-name", "app", "--alter", "--add-config", "producer_byte_rate=1000"))
                .contains("Completed updating config for client app.");
        assertThat(configs("clients", "--entity-name", "app", "--describe"))
                .contains("Quota configs for client-id 'app' are producer_byte_rate=1000.0");
        configs("clients", "--entity-name", "app", "--alter", "--delete-config", "producer_byte_rate");
        assertThat(configs("clients", "--entity-name", "app", "--describe")).doesNotContain("producer_byte_rate");
    }

    @Test
    void theDefaultOfClientIdsIsSetAndDescribed() {
        assertThat(configs("clients", "--entity-default", "--alter", "--add-config", "request_percentage=1000"))
                .contains("Completed updating default config for clients in the cluster.");
        assertThat(configs("clients", "--entity-default", "--describe"))
                .contains("Quota configs for the default client-id are request_percentage=1000.0");
        configs("clients", "--entity-default", "--alter", "--delete-config", "request_percentage");
    }

    @Test
    void aUsersQuotaIsSetAndDescribed() {
        assertThat(configs(
                        "users",
                        "--entity-name",
                        "anna",
                        "--alter",
                        "--add-config",
                        "consumer_byte_rate=2000,controller_mutation_rate=5"))
                .contains("Completed updating config for user anna.");
        assertThat(configs("users", "--entity-name", "anna", "--describe"))
                .contains("Quota configs for user-principal 'anna' are")
                .contains("consumer_byte_rate=2000.0")
                .contains("controller_mutation_rate=5.0");
    }

    @Test
    void theDefaultOfUsersIsSetAndDescribed() {
        assertThat(configs("users", "--entity-default", "--alter", "--add-config", "producer_byte_rate=1000000000"))
                .contains("Completed updating default config for users in the cluster.");
        assertThat(configs("users", "--entity-default", "--describe"))
                .contains("Quota configs for the default user-principal are producer_byte_rate=1.0E9");
        configs("users", "--entity-default", "--alter", "--delete-config", "producer_byte_rate");
    }

    @Test
    void anAddressesQuotaIsSetAndDescribed() {
        assertThat(configs(
                        "ips", "--entity-name", "10.1.2.3", "--alter", "--add-config", "connection_creation_rate=10"))
                .contains("Completed updating config for ip 10.1.2.3.");
        assertThat(configs("ips", "--entity-name", "10.1.2.3", "--describe"))
                .contains("Quota configs for ip '10.1.2.3' are connection_creation_rate=10.0");
        assertThat(configs("ips", "--entity-default", "--alter", "--add-config", "connection_creation_rate=1000"))
                .contains("Completed updating default config for ips in the cluster.");
        assertThat(configs("ips", "--entity-default", "--describe"))
                .contains("Quota configs for the default ip are connection_creation_rate=1000.0");
    }

    @Test
    void producersAndConsumersGetWhatTheirQuotasAllow() {
        configs(
                "clients",
                "--entity-name",
                "writer",
                "--alter",
                "--add-config",
                "producer_byte_rate=" + BYTES_PER_SECOND);
        configs(
                "clients",
                "--entity-name",
                "reader",
                "--alter",
                "--add-config",
                "consumer_byte_rate=" + BYTES_PER_SECOND);
        fill("read", 3_000);

        CompletableFuture<Double> written = CompletableFuture.supplyAsync(ClientQuotasTest::writtenPerSecond);
        CompletableFuture<Double> read = CompletableFuture.supplyAsync(ClientQuotasTest::readPerSecond);

        assertThat(written.join()).isBetween(AT_LEAST, AT_MOST);
        assertThat(read.join()).isBetween(AT_LEAST, AT_MOST);
    }

    private static double writtenPerSecond() {
        AtomicLong acknowledged = new AtomicLong();
        long before = -1;
        long begun = System.nanoTime();
        long measuredFrom = begun;
        try (KafkaProducer<byte[], byte[]> producer = producer("writer")) {
            while (System.nanoTime() - begun < WARM_UP.plus(MEASURED).toNanos()) {
                var _ = producer.send(new ProducerRecord<>("written", new byte[RECORD_BYTES]), (stored, failure) -> {
                    acknowledged.addAndGet(failure == null ? RECORD_BYTES : 0);
                });
                if (before < 0 && System.nanoTime() - begun > WARM_UP.toNanos()) {
                    before = acknowledged.get();
                    measuredFrom = System.nanoTime();
                }
            }
            double rate = (acknowledged.get() - before) * NANOS_PER_SECOND / (System.nanoTime() - measuredFrom);
            assertThat(metric(producer.metrics(), "produce-throttle-time-max")).isPositive();
            producer.close(Duration.ZERO);
            return rate;
        }
    }

    private static double readPerSecond() {
        long begun = System.nanoTime();
        long measuredTo = begun;
        long bytes = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                millrace.bootstrapServer(),
                ConsumerConfig.CLIENT_ID_CONFIG,
                "reader",
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                50_000,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class))) {
            TopicPartition partition = new TopicPartition("read", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (System.nanoTime() - begun < WARM_UP.plus(MEASURED).toNanos()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
                    bytes += System.nanoTime() - begun > WARM_UP.toNanos() ? record.value().length : 0;
                }
                measuredTo = System.nanoTime();
            }
            assertThat(metric(consumer.metrics(), "fetch-throttle-time-max")).isPositive();
        }
        return bytes * NANOS_PER_SECOND / (measuredTo - begun - WARM_UP.toNanos());
    }

    private static void fill(String topic, int records) {
        try (KafkaProducer<byte[], byte[]> producer = producer("filler")) {
            for (int i = 0; i < records; i++) {
                var _ = producer.send(new ProducerRecord<>(topic, new byte[RECORD_BYTES]));
            }
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(String clientId) {
        return new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                millrace.bootstrapServer(),
                ProducerConfig.CLIENT_ID_CONFIG,
                clientId,
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                1,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                500_000,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class));
    }

    private static double metric(Map<MetricName, ? extends Metric> metrics, String name) {
        return metrics.entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(name))
                .mapToDouble(metric -> (Double) metric.getValue().metricValue())
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(0);
    }

    private static String configs(String type, String... arguments) {
        List<String> all =
                new ArrayList<>(List.of("--bootstrap-server", millrace.bootstrapServer(), "--entity-type", type));
        all.addAll(List.of(arguments));
        ToolRun run = ToolRun.of(ConfigCommand::main, all.toArray(String[]::new));
        assertThat(run.status()).as(run.text()).isZero();
        return run.text();
    }
}
