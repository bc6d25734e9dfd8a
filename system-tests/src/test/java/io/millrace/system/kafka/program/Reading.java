package io.millrace.system.kafka.program;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads partitions that are assigned by hand. */
final class Reading {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Reading() {}

    /**
     * Reads partitions from their beginning to where they end now, into a file: a line of each record with topic, partition, offset,
     * timestamp, key, SHA-256 of the value, and headers.
     */
    static void all(String bootstrap, String[] partitions, Path file) throws IOException, NoSuchAlgorithmException {
        List<TopicPartition> assigned = new ArrayList<>();
        for (String partition : partitions) {
            int colon = partition.indexOf(':');
            assigned.add(new TopicPartition(
                    partition.substring(0, colon), Integer.parseInt(partition.substring(colon + 1))));
        }
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrap);
                PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
            consumer.assign(assigned);
            consumer.seekToBeginning(assigned);
            Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (assigned.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    out.println(line(record));
                }
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the end was not reached in time");
                }
            }
        }
    }

    static String offsets(String bootstrap, String topic, int partition, String[] timestamps) {
        TopicPartition asked = new TopicPartition(topic, partition);
        List<TopicPartition> one = Collections.singletonList(asked);
        StringBuilder answer = new StringBuilder();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrap)) {
            answer.append(consumer.beginningOffsets(one).get(asked))
                    .append('\t')
                    .append(consumer.endOffsets(one).get(asked));
            for (String timestamp : timestamps) {
                OffsetAndTimestamp found = consumer.offsetsForTimes(
                                Collections.singletonMap(asked, Long.parseLong(timestamp)))
                        .get(asked);
                answer.append('\t').append(found == null ? -1 : found.offset());
            }
        }
        return answer.toString();
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrap) {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", bootstrap);
        config.put("enable.auto.commit", false);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static String line(ConsumerRecord<byte[], byte[]> record) throws NoSuchAlgorithmException {
        StringBuilder headers = new StringBuilder();
        for (Header header : record.headers()) {
            headers.append(headers.length() == 0 ? "" : ";")
                    .append(header.key())
                    .append('=')
                    .append(hex(header.value()));
        }
        return String.join(
                "\t",
                record.topic(),
                Integer.toString(record.partition()),
                Long.toString(record.offset()),
                Long.toString(record.timestamp()),
                hex(record.key()),
                hash(record.value()),
                headers);
    }

    private static String hash(byte @Nullable [] value) throws NoSuchAlgorithmException {
        return value == null ? "-" : hex(MessageDigest.getInstance("SHA-256").digest(value));
    }

    private static String hex(byte @Nullable [] bytes) {
        return bytes == null ? "-" : HexFormat.of().formatHex(bytes);
    }
}
