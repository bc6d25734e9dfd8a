package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches that break the format, over a socket to a real broker. */
class MalformedBatchesTest {
    private static final int VERSION = 9;
    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static final byte[] GOOD = MadeBatch.of("good").bytes();

    @TempDir
    static Path work;

    private static MillraceProcess millrace;
    private static Admin admin;
    private static KafkaConnection bystander;

    @BeforeAll
    static void start() throws Exception {
        millrace = MillraceProcess.start(work.resolve("data"), "256m");
        admin = Admin.create(Map.<String, Object>of("bootstrap.servers", "127.0.0.1:" + millrace.kafkaPort()));
        bystander = new KafkaConnection(millrace.kafkaPort());
    }

    @AfterAll
    static void stop() throws IOException {
        bystander.close();
        admin.close();
        millrace.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.millrace.standalone.MalformedBatches#all")
    void aMalformedBatchIsRefusedAndNothingOfItIsStored(String what, int version, byte[] records, Errors error)
            throws Exception {
        String topic = newTopic();
        try (KafkaConnection hostile = new KafkaConnection(millrace.kafkaPort())) {
            assertThat(errorOf(hostile.produce(topic, version, records))).isEqualTo(error);

            assertThat(hostile.produce(topic, version, GOOD).baseOffset())
                    .as("the connection works on, and the log was empty")
                    .isZero();
        }
        assertThat(bystander.produce(topic, VERSION, GOOD).baseOffset()).isEqualTo(1);
        assertThat(new GrpcDoor(millrace.channel()).read(topic))
                .extracting(Stored::value)
                .containsExactly("good", "good");
    }

    @ParameterizedTest
    @ValueSource(shorts = {0, 1, 2})
    void aVersionOfOldFormatsEndsTheConnection(short version) throws Exception {
        String topic = newTopic();
        try (KafkaConnection old = new KafkaConnection(millrace.kafkaPort())) {
            old.send(topic, version, MalformedBatches.old(version / 2));

            assertThat(old.isEnded()).isTrue();
        }
        assertThat(bystander.produce(topic, VERSION, GOOD).baseOffset()).isZero();
    }

    @Test
    void timestampsBefore1970AreTakenAsInKafka() throws Exception {
        String topic = newTopic();
        byte[] early = MadeBatch.of("a", "b")
                .withLong(MadeBatch.BASE_TIMESTAMP, -5_000)
                .withLong(MadeBatch.MAX_TIMESTAMP, -5_000)
                .sealed();

        assertThat(errorOf(bystander.produce(topic, VERSION, early))).isEqualTo(Errors.NONE);
        assertThat(new GrpcDoor(millrace.channel()).read(topic))
                .extracting(Stored::value)
                .containsExactly("a", "b");
    }

    private static String newTopic() throws Exception {
        String topic = "malformed-" + TOPICS.incrementAndGet();
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        return topic;
    }

    private static Errors errorOf(PartitionProduceResponse answer) {
        return Errors.forCode(answer.errorCode());
    }
}
