package io.millrace.system.kafka.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes records from a file: a line of each with timestamp, key, value and headers. Bytes are in hexadecimal digits, null is "-". */
final class Writing {
    /** As large as a request may be, with what surrounds the records. */
    private static final int BATCH_BYTES = 1_000_000;

    /** So that one file is one batch if it fits; flushing ends the wait. */
    private static final int LINGER_MILLIS = 5_000;

    private final Map<String, Object> config;

    private Writing(Map<String, Object> config) {
        this.config = config;
    }

    static Writing of(String bootstrap, String codec, String acks, String idempotence) {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", bootstrap);
        config.put("compression.type", codec);
        config.put("acks", acks);
        config.put("enable.idempotence", idempotence.equals("idempotent"));
        config.put("batch.size", BATCH_BYTES);
        config.put("linger.ms", LINGER_MILLIS);
        return new Writing(config);
    }

    /** Returns the offset of the first record, or -1 where that is not told. */
    long write(String topic, int partition, Path file) throws IOException, ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String line : Files.readAllLines(file)) {
                sent.add(producer.send(record(topic, partition, line.split("\t", -1))));
            }
            producer.flush();
        }
        for (int i = 0; i < sent.size(); i++) {
            RecordMetadata told = sent.get(i).get();
            if (told.hasOffset() && told.offset() != sent.get(0).get().offset() + i) {
                throw new IllegalStateException("record " + i + " was acknowledged at " + told);
            }
        }
        RecordMetadata first = sent.get(0).get();
        return first.hasOffset() ? first.offset() : -1;
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, int partition, String[] words) {
        return new ProducerRecord<>(
                topic, partition, Long.parseLong(words[0]), bytes(words[1]), bytes(words[2]), headers(words[3]));
    }

    private static List<Header> headers(String text) {
        List<Header> headers = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String header : text.split(";", -1)) {
                int equals = header.indexOf('=');
                headers.add(new RecordHeader(header.substring(0, equals), bytes(header.substring(equals + 1))));
            }
        }
        return headers;
    }

    @SuppressWarnings("NullAway") // Kafka's client takes null for a key, a value or a header that is not there.
    private static byte[] bytes(String word) {
        byte @Nullable [] bytes = word.equals("-") ? null : HexFormat.of().parseHex(word);
        return bytes;
    }
}
