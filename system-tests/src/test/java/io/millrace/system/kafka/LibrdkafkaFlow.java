package io.millrace.system.kafka;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Numbers that go into a topic through an idempotent producer of librdkafka, and come out of it through a consumer, all the time. */
public final class LibrdkafkaFlow implements AutoCloseable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LIMIT_SECONDS = 90;

    private final Path complaints;
    private final Process producer;
    private final Process consumer;
    private final Thread writer = Thread.ofPlatform().name("librdkafka-writer").unstarted(this::keepWriting);
    private final Thread reader = Thread.ofPlatform().name("librdkafka-reader").unstarted(this::keepReading);
    private final SortedMap<Integer, List<Long>> seen = new TreeMap<>();
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private volatile boolean writes = true;

    private LibrdkafkaFlow(String bootstrap, String topic, Path folder) throws IOException {
        complaints = folder.resolve("producer.err");
        producer = new ProcessBuilder(command("produce", bootstrap, topic))
                .redirectError(complaints.toFile())
                .start();
        consumer = new ProcessBuilder(command("consume", bootstrap, topic))
                .redirectError(folder.resolve("consumer.err").toFile())
                .start();
    }

    private static List<String> command(String what, String bootstrap, String topic) {
        return List.of(Software.PYTHON.toString(), "-B", "src/test/clients/python/flow.py", what, bootstrap, topic);
    }

    /** Why this machine lacks it, or nothing. */
    public static String absence() {
        try {
            Software.requirePython("confluent_kafka", "python3-confluent-kafka");
            return "";
        } catch (Software.AbsentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /**
     * Begins to write numbers from 0 on, and to read them.
     *
     * @param folder for what the processes complain about
     */
    public static LibrdkafkaFlow start(String bootstrap, String topic, Path folder) throws IOException {
        LibrdkafkaFlow flow = new LibrdkafkaFlow(bootstrap, topic, folder);
        flow.writer.start();
        flow.reader.start();
        return flow;
    }

    /** How many numbers have been read. */
    public long read() {
        return read.get();
    }

    /** How many numbers the producer was given. */
    public long written() {
        return written.get();
    }

    /** Ends the writing; fails unless the producer says that everything was delivered. */
    public void stopWriting() throws IOException, InterruptedException {
        writes = false;
        writer.join();
        boolean ended = producer.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        String told = Files.readString(complaints);
        if (!ended || producer.exitValue() != 0) {
            throw new AssertionError(
                    "The producer " + (ended ? "ended with " + producer.exitValue() : "does not end") + ": " + told);
        }
    }

    /** What was read, by partition and in the order of offsets. */
    public List<List<Long>> seen() {
        synchronized (seen) {
            return seen.values().stream().map(List::copyOf).toList();
        }
    }

    @Override
    public void close() {
        writes = false;
        producer.destroyForcibly();
        consumer.destroyForcibly();
        try {
            writer.join();
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepWriting() {
        try (BufferedWriter lines = producer.outputWriter()) {
            while (writes) {
                lines.write(written.get() + "\n");
                lines.flush();
                written.incrementAndGet();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException ended) {
            // Its exit code says why.
        }
    }

    private void keepReading() {
        try (BufferedReader lines = consumer.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int space = line.indexOf(' ');
                synchronized (seen) {
                    seen.computeIfAbsent(Integer.valueOf(line.substring(0, space)), ignored -> new ArrayList<>())
                            .add(Long.valueOf(line.substring(space + 1)));
                }
                read.incrementAndGet();
            }
        } catch (IOException ended) {
            // As it does when the test is over.
        }
    }
}
