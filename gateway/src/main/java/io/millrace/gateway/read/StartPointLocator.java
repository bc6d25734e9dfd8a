package io.millrace.gateway.read;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.DescribePartitionsRequest;
import io.millrace.core.api.FoundOffset;
import io.millrace.core.api.ListOffsetsRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionStatus;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Turns starting points into offsets. Safe for any thread. */
final class StartPointLocator {
    private static final FoundOffset NOT_LOOKED_FOR = new FoundOffset(-1, -1, -1);

    private final ReaderEnvironment environment;

    StartPointLocator(ReaderEnvironment environment) {
        this.environment = environment;
    }

    /** Positions in these partitions, which the picture shows. */
    CompletableFuture<Outcome<Cursor>> locate(List<TopicPartition> partitions, StartPoint start) {
        return switch (start) {
            case StartPoint.AtOffset(long offset)
            when offset < 0 -> refused("Offsets begin at 0; " + offset + " is none.");
            case StartPoint.Last(long count)
            when count < 0 -> refused("The last " + count + " records are none: the number is 0 or more.");
            case StartPoint.Ago(Duration age)
            when age.isNegative() -> refused("An age lies in the past; " + age + " is negative.");
            case StartPoint.AtTime(Instant time) -> locateTime(partitions, start, millisOf(time));
            case StartPoint.Ago(Duration age) -> locateTime(partitions, start, millisAgo(age));
            default ->
                edges(partitions)
                        .thenApply(edges -> cursor(
                                partitions,
                                start,
                                edges,
                                Collections.nCopies(partitions.size(), Outcome.done(NOT_LOOKED_FOR))));
        };
    }

    private CompletableFuture<Outcome<Cursor>> locateTime(
            List<TopicPartition> partitions, StartPoint start, long millis) {
        // Finds first: an end that is taken later lies behind every record that was not found.
        return found(partitions, millis)
                .thenCompose(found -> edges(partitions).thenApply(edges -> cursor(partitions, start, edges, found)));
    }

    private CompletableFuture<List<Outcome<FoundOffset>>> found(List<TopicPartition> partitions, long millis) {
        return environment.retry().ask(() -> {
            ClusterImage image = environment.view().image();
            return environment
                    .brokers()
                    .listOffsets(new ListOffsetsRequest(
                            partitions.stream()
                                    .map(partition -> new ListOffsetsRequest.Part(
                                            partition,
                                            image.partition(partition)
                                                    .map(PartitionImage::leaderEpoch)
                                                    .orElse(AppendRequest.ANY_EPOCH),
                                            new ListOffsetsRequest.Target.AtTimestamp(millis)))
                                    .toList(),
                            IsolationLevel.READ_UNCOMMITTED));
        });
    }

    private CompletableFuture<List<Outcome<PartitionStatus>>> edges(List<TopicPartition> partitions) {
        return environment.retry().ask(() -> environment.brokers().describe(new DescribePartitionsRequest(partitions)));
    }

    private static Outcome<Cursor> cursor(
            List<TopicPartition> partitions,
            StartPoint start,
            List<Outcome<PartitionStatus>> edges,
            List<Outcome<FoundOffset>> found) {
        List<Position> positions = new ArrayList<>();
        for (int i = 0; i < partitions.size(); i++) {
            TopicPartition partition = partitions.get(i);
            if (edges.get(i) instanceof Outcome.Refused<PartitionStatus>(Refusal refusal)) {
                return Outcome.refused(refusal);
            }
            if (found.get(i) instanceof Outcome.Refused<FoundOffset>(Refusal refusal)) {
                return Outcome.refused(refusal);
            }
            PartitionStatus status = ((Outcome.Done<PartitionStatus>) edges.get(i)).value();
            long atTime = ((Outcome.Done<FoundOffset>) found.get(i)).value().offset();
            long offset = offsetOf(start, status, atTime);
            if (offset < status.logStartOffset() || offset > status.highWatermark()) {
                return Outcome.refused(new Refusal.OffsetOutOfRange(
                        partition, offset, status.logStartOffset(), status.highWatermark()));
            }
            positions.add(new Position(partition, offset, Position.NO_EPOCH));
        }
        return Outcome.done(new Cursor(positions));
    }

    private static long offsetOf(StartPoint start, PartitionStatus status, long atTime) {
        return switch (start) {
            case StartPoint.Earliest() -> status.logStartOffset();
            case StartPoint.Latest() -> status.highWatermark();
            case StartPoint.AtOffset(long offset) -> offset;
            case StartPoint.Last(long count) ->
                status.highWatermark() - Math.min(count, status.highWatermark() - status.logStartOffset());
            case StartPoint.AtTime(Instant time) -> atTime < 0 ? status.highWatermark() : within(status, atTime);
            case StartPoint.Ago(Duration age) -> atTime < 0 ? status.highWatermark() : within(status, atTime);
        };
    }

    /** Retention may have moved the start between the two questions. */
    private static long within(PartitionStatus status, long offset) {
        return Math.clamp(offset, status.logStartOffset(), status.highWatermark());
    }

    private long millisAgo(Duration age) {
        long now = environment.clock().wallMillis();
        return age.compareTo(Duration.ofMillis(now)) >= 0 ? 0 : now - age.toMillis();
    }

    /** Records have no timestamps before 1970, so earlier times mean the same. */
    private static long millisOf(Instant time) {
        return time.isBefore(Instant.EPOCH) ? 0 : time.isAfter(LAST) ? Long.MAX_VALUE : time.toEpochMilli();
    }

    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private static CompletableFuture<Outcome<Cursor>> refused(String message) {
        return CompletableFuture.completedFuture(Outcome.refused(new Refusal.InvalidRequest(message)));
    }
}
