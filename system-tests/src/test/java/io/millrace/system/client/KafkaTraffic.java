package io.millrace.system.client;

import io.millrace.history.HistoryRecorder;
import io.millrace.history.Promise;
import io.millrace.history.ReadRecords;
import io.millrace.history.Retrying;
import io.millrace.history.Sending;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A topic that is written to and read all the time by one producer and one consumer of Kafka's own client, as they are by default: the
 * producer is idempotent and tries again by itself. The consumer's partitions are assigned by hand.
 */
public final class KafkaTraffic implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Recording recording;
    private final HistoryRecorder recorder;
    private final String bootstrap;
    private final List<TopicPartition> partitions;
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong latestNanos = new AtomicLong();
    private final AtomicLong silenceNanos = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Thread writer = Thread.ofPlatform().name("kafka-writer").unstarted(this::keepWriting);
    private final Thread reader = Thread.ofPlatform().name("kafka-reader").unstarted(this::keepReading);
    private volatile boolean writes = true;
    private volatile boolean reads = true;

    private KafkaTraffic(String bootstrap, Recording recording) {
        this.bootstrap = bootstrap;
        this.recording = recording;
        this.recorder = recording.recorder();
        this.partitions = IntStream.range(0, recording.partitions())
                .mapToObj(partition -> new TopicPartition(recording.topic(), partition))
                .toList();
    }

    /** Begins to write to all partitions of the recording's topic, and to read them from their beginning. */
    public static KafkaTraffic start(String bootstrap, Recording recording) {
        KafkaTraffic traffic = new KafkaTraffic(bootstrap, recording);
        traffic.writer.start();
        traffic.reader.start();
        return traffic;
    }

    /** How many records have been acknowledged. */
    public long stored() {
        return stored.get();
    }

    /** How many have been read. */
    public long read() {
        return read.get();
    }

    /** What either client told of that went wrong. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** The longest time between two acknowledgements. */
    public Duration longestSilence() {
        return Duration.ofNanos(silenceNanos.get());
    }

    /** Ends the writing, and waits until the fate of every record is known. */
    public void stopWriting() {
        writes = false;
        join(writer);
    }

    @Override
    public void close() {
        stopWriting();
        reads = false;
        join(reader);
    }

    private void keepWriting() {
        int producer = recorder.producer("kafka", Sending.IN_ORDER, Retrying.IDEMPOTENT);
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrap);
        try (KafkaProducer<String, String> client =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; writes; i++) {
                int partition = i % partitions.size();
                long value = recorder.invoked(producer, recording.id(partition), Promise.DURABLE, System.nanoTime());
                var _ = client.send(
                        new ProducerRecord<>(recording.topic(), partition, null, Long.toString(value)),
                        (told, failure) -> ended(value, told, failure));
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (KafkaException e) {
            failures.add("producer: " + e);
        }
    }

    /** Called by the producer's one thread. */
    private void ended(long value, RecordMetadata told, @Nullable Exception failure) {
        long now = System.nanoTime();
        if (failure != null) {
            failures.add("record " + value + ": " + failure);
            recorder.unknown(value, now);
            return;
        }
        recorder.acknowledged(value, told.offset(), now);
        if (stored.getAndIncrement() > 0) {
            silenceNanos.accumulateAndGet(now - latestNanos.get(), Math::max);
        }
        latestNanos.set(now);
    }

    private void keepReading() {
        int consumer = recorder.consumer("kafka");
        long[] positions = new long[partitions.size()];
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrap, "enable.auto.commit", false);
        try (KafkaConsumer<String, String> client =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            client.assign(partitions);
            client.seekToBeginning(partitions);
            while (reads) {
                long invoked = System.nanoTime();
                ConsumerRecords<String, String> records = client.poll(POLL);
                long ended = System.nanoTime();
                for (TopicPartition partition : records.partitions()) {
                    record(consumer, partition, positions, records.records(partition), invoked, ended);
                }
            }
        } catch (KafkaException e) {
            failures.add("consumer: " + e);
        }
    }

    private void record(
            int consumer,
            TopicPartition partition,
            long[] positions,
            List<ConsumerRecord<String, String>> records,
            long invoked,
            long ended) {
        ReadRecords seen = new ReadRecords();
        records.forEach(record -> seen.add(record.offset(), Long.parseLong(record.value())));
        int number = partition.partition();
        recorder.polled(consumer, recording.id(number), positions[number], invoked, ended, seen);
        positions[number] = records.getLast().offset() + 1;
        read.addAndGet(records.size());
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
