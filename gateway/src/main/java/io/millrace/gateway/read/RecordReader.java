package io.millrace.gateway.read;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.limits.InFlightBytes;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicName;
import io.millrace.core.model.TopicPartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads records for clients that keep their own position. Nothing is kept between two calls. Safe for any thread; futures
 * complete on any thread.
 */
public final class RecordReader {
    private final ReaderEnvironment environment;
    private final InFlightBytes inFlight;
    private final DecompressionRoom decompression;
    private final StartPointLocator locator;

    /**
     * Reads nothing yet.
     *
     * @param inFlight bounds the bytes of batches that all reads together have in memory
     */
    public RecordReader(ReaderEnvironment environment, InFlightBytes inFlight) {
        this.environment = environment;
        this.inFlight = inFlight;
        this.decompression = new DecompressionRoom(environment.options().decompressedBytesMax());
        this.locator = new StartPointLocator(environment);
    }

    /** Turns a starting point into positions in all partitions of the topics. */
    public CompletableFuture<Outcome<Cursor>> locateTopics(List<String> topics, StartPoint start) {
        ClusterImage image = environment.view().image();
        List<TopicPartition> partitions = new ArrayList<>();
        for (String name : new LinkedHashSet<>(topics)) {
            Optional<TopicImage> topic = image.topic(name);
            if (topic.isEmpty()) {
                return refused(unknown(name));
            }
            topic.get().partitions().forEach(part -> partitions.add(new TopicPartition(name, part.partition())));
        }
        return locate(partitions, start);
    }

    /**
     * Turns a starting point into positions in the partitions. An offset outside one of them is refused as
     * OffsetOutOfRange; times and counts lead to the nearest edge instead.
     */
    public CompletableFuture<Outcome<Cursor>> locate(List<TopicPartition> partitions, StartPoint start) {
        List<TopicPartition> distinct = List.copyOf(new LinkedHashSet<>(partitions));
        Optional<Refusal> problem = problemOf(distinct);
        return problem.isPresent() ? refused(problem.get()) : locator.locate(distinct, start);
    }

    /**
     * Reads a page. It comes as soon as a record has passed the filter and nothing more is there at once, when it is
     * full, when so much was scanned that the reader deserves to hear of its progress, or when the wait is over.
     * Cancelling the future withdraws the request.
     */
    public CompletableFuture<Outcome<ReadPage>> read(ReadRequest request) {
        Optional<Refusal> problem = problemOf(request);
        return problem.isPresent()
                ? refused(problem.get())
                : new PageReading(environment, inFlight, decompression, request).start();
    }

    /** Bytes of batches that are being read. */
    public long inFlightBytes() {
        return inFlight.used();
    }

    /** Bytes taken for what batches decompress to. */
    public long decompressedBytes() {
        return decompression.used();
    }

    private Optional<Refusal> problemOf(ReadRequest request) {
        Duration waitMax = environment.options().waitMax();
        if (request.maxRecords() < 1) {
            return invalid("A page has at least 1 record; " + request.maxRecords() + " were asked for.");
        }
        if (request.maxBytes() < 1) {
            return invalid("A page has at least 1 byte; " + request.maxBytes() + " were asked for.");
        }
        if (request.maxWait().isNegative() || request.maxWait().compareTo(waitMax) > 0) {
            return invalid(
                    "A read waits 0 to " + waitMax.toSeconds() + " seconds; " + request.maxWait() + " were asked for.");
        }
        for (Position position : request.cursor().positions()) {
            if (position.offset() < 0) {
                return invalid("Offsets begin at 0; " + position.offset() + " of partition " + position.partition()
                        + " is none.");
            }
        }
        return problemOf(
                request.cursor().positions().stream().map(Position::partition).toList());
    }

    private Optional<Refusal> problemOf(List<TopicPartition> partitions) {
        int partitionsMax = environment.options().partitionsMax();
        if (partitions.isEmpty()) {
            return invalid("There is no partition to read: name a topic or a partition.");
        }
        if (partitions.size() > partitionsMax) {
            return invalid(
                    "One read has at most " + partitionsMax + " partitions; " + partitions.size() + " were asked for.");
        }
        ClusterImage image = environment.view().image();
        for (TopicPartition partition : partitions) {
            Optional<TopicImage> topic = image.topic(partition.topic());
            if (topic.isEmpty()) {
                return Optional.of(unknown(partition.topic()));
            }
            if (topic.get().partition(partition.partition()).isEmpty()) {
                return Optional.of(new Refusal.UnknownPartition(
                        partition, topic.get().partitions().size()));
            }
        }
        return Optional.empty();
    }

    private static Refusal unknown(String topic) {
        return TopicName.problemOf(topic)
                .<Refusal>map(problem -> new Refusal.InvalidTopicName(topic, problem))
                .orElseGet(() -> new Refusal.UnknownTopic(topic));
    }

    private static Optional<Refusal> invalid(String message) {
        return Optional.of(new Refusal.InvalidRequest(message));
    }

    private static <T> CompletableFuture<Outcome<T>> refused(Refusal refusal) {
        return CompletableFuture.completedFuture(Outcome.refused(refusal));
    }
}
