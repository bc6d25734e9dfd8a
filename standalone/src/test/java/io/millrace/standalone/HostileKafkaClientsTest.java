package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process with a heap of 256 MiB among clients that want to bring it down, and one that only wants to work. */
class HostileKafkaClientsTest {
    private static final int IDLE = 1_000;
    private static final int SLOW = 300;
    private static final int LARGE = 12;
    private static final int LARGE_BYTES = 60 << 20;
    private static final int RECORDS = 2_000;
    private static final short PRODUCE = 0;
    private static final short METADATA = 3;

    private final List<Socket> sockets = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void boundsItsMemoryAndServesTheGoodOne(@TempDir Path work) throws Exception {
        try (MillraceProcess millrace = MillraceProcess.start(work.resolve("data"), "256m")) {
            for (int i = 0; i < IDLE; i++) {
                connect(millrace);
            }
            for (int i = 0; i < SLOW; i++) {
                connect(millrace)
                        .getOutputStream()
                        .write(new byte[] {0x03, 0, 0, 0, 0}); // 48 MiB, the first byte of them
            }
            List<Thread> hostile = new ArrayList<>();
            for (int i = 0; i < LARGE; i++) {
                hostile.add(Thread.ofVirtual().start(() -> large(millrace)));
            }
            hostile.add(Thread.ofVirtual().start(() -> bombs(millrace)));

            produceAndConsume("127.0.0.1:" + millrace.kafkaPort());

            over.set(true);
            for (Socket socket : List.copyOf(sockets)) {
                socket.close();
            }
            for (Thread thread : hostile) {
                thread.join();
            }
            produceAndConsume("127.0.0.1:" + millrace.kafkaPort());
        }
        assertThat(Files.readString(work.resolve("data/millrace.log"))).doesNotContain("OutOfMemoryError", "A bug");
    }

    private synchronized Socket connect(MillraceProcess millrace) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), millrace.kafkaPort()), 20_000);
        sockets.add(socket);
        return socket;
    }

    /** Large requests that nearly come to their end, again and again. */
    private void large(MillraceProcess millrace) {
        byte[] piece = new byte[1 << 20];
        while (!over.get()) {
            try (Socket socket = connect(millrace)) {
                OutputStream out = socket.getOutputStream();
                out.write(ByteBuffer.allocate(4).putInt(LARGE_BYTES).array());
                for (int sent = 0; sent < LARGE_BYTES - piece.length && !over.get(); sent += piece.length) {
                    out.write(piece);
                }
            } catch (IOException ended) {
                // By the other side: that is its right.
            }
        }
    }

    /** Counts for which there are no bytes, topics that are all the same, and bytes that are no batch. */
    private void bombs(MillraceProcess millrace) {
        byte[] topics = new byte[8 << 20];
        while (!over.get()) {
            for (byte[] bomb : List.of(
                    request(METADATA, (short) 1, new byte[] {0x7f, -1, -1, -1}),
                    request(
                            METADATA,
                            (short) 1,
                            ByteBuffer.wrap(topics).putInt(4_000_000).array()),
                    request(PRODUCE, (short) 3, manyTopics()),
                    request(PRODUCE, (short) 3, unpacked()))) {
                try (Socket socket = connect(millrace)) {
                    socket.getOutputStream().write(bomb);
                    socket.setSoTimeout(2_000);
                    var _ = socket.getInputStream().read();
                } catch (IOException ended) {
                    // As it should be.
                }
            }
        }
    }

    private static byte[] manyTopics() {
        ByteBuffer body = ByteBuffer.allocate(8 << 20)
                .putShort((short) -1)
                .putShort((short) 1)
                .putInt(1_000)
                .putInt(1_300_000);
        return body.array();
    }

    /** Zeros in gzip where a batch should be. */
    private static byte[] unpacked() {
        try {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                byte[] zeros = new byte[1 << 20];
                for (int i = 0; i < 64; i++) {
                    out.write(zeros);
                }
            }
            return packed.toByteArray();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] request(short api, short version, byte[] body) {
        return ByteBuffer.allocate(4 + 10 + body.length)
                .putInt(10 + body.length)
                .putShort(api)
                .putShort(version)
                .putInt(1)
                .putShort((short) -1)
                .put(body)
                .array();
    }

    private static void produceAndConsume(String bootstrap) throws Exception {
        String topic = "good-" + System.nanoTime();
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "acks", "all");
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                sent.add(producer.send(new ProducerRecord<>(topic, 0, "k", "v" + i)));
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
        List<String> read = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (read.size() < RECORDS && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(200))) {
                    read.add(each.value());
                }
            }
        }
        assertThat(read).hasSize(RECORDS).startsWith("v0").endsWith("v" + (RECORDS - 1));
    }
}
