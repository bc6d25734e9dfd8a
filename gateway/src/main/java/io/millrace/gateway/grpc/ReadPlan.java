package io.millrace.gateway.grpc;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicName;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.read.Cursor;
import io.millrace.gateway.read.RecordFilter;
import io.millrace.gateway.read.RecordReader;
import io.millrace.gateway.read.StartPoint;
import io.millrace.v1.ReadRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What a Read call asks for, checked.
 *
 * @param maxRecords how many records to send in all; Long.MAX_VALUE for no limit
 * @param untilEnd whether to stop at what is the end now
 */
record ReadPlan(Start start, IsolationLevel isolation, RecordFilter filter, long maxRecords, boolean untilEnd) {
    /** Most topics and partitions that one request may name. */
    private static final int NAMES_MAX = 10_000;

    /** Where to start. */
    sealed interface Start {
        /** At positions that are known. */
        record At(Cursor cursor) implements Start {}

        /** In topics or partitions at a point that has to be located. */
        record Of(List<String> topics, List<TopicPartition> partitions, StartPoint point) implements Start {}
    }

    static Outcome<ReadPlan> of(ReadRequest request) {
        if (request.getMaxRecords() < 0) {
            return invalid("max_records is " + request.getMaxRecords() + "; it must be 0 or more.");
        }
        return Outcomes.all(
                start(request),
                Filters.isolation(request.getIsolationLevel()),
                Filters.of(request.getFilter()),
                (start, isolation, filter) -> new ReadPlan(
                        start,
                        isolation,
                        filter,
                        request.getMaxRecords() == 0 ? Long.MAX_VALUE : request.getMaxRecords(),
                        request.getUntilEnd()));
    }

    /** Finds the positions to start at. */
    CompletableFuture<Outcome<Cursor>> locate(RecordReader reader) {
        return switch (start) {
            case Start.At(Cursor cursor) -> CompletableFuture.completedFuture(Outcome.done(cursor));
            case Start.Of(List<String> topics, List<TopicPartition> partitions, StartPoint point) -> {
                if (partitions.isEmpty()) {
                    yield reader.locateTopics(topics, point);
                }
                if (topics.isEmpty()) {
                    yield reader.locate(partitions, point);
                }
                yield reader.locateTopics(topics, point)
                        .thenCombine(reader.locate(partitions, point), ReadPlan::together);
            }
        };
    }

    private static Outcome<Cursor> together(Outcome<Cursor> some, Outcome<Cursor> others) {
        return Outcomes.then(
                some,
                a -> others.map(b -> {
                    List<io.millrace.gateway.read.Position> positions = new ArrayList<>(a.positions());
                    positions.addAll(b.positions());
                    return new Cursor(positions);
                }));
    }

    private static Outcome<Start> start(ReadRequest request) {
        int names = request.getTopicsCount() + request.getPartitionsCount();
        if (request.getStart().hasCursor()) {
            return names == 0
                    ? Cursor.decode(request.getStart().getCursor()).map(Start.At::new)
                    : invalid("A cursor names its partitions itself; name no topics and partitions beside it.");
        }
        if (names == 0 || names > NAMES_MAX) {
            return invalid("The request names " + names + " topics and partitions; it must be 1 to " + NAMES_MAX + ".");
        }
        return Outcomes.then(
                topics(request),
                topics -> Outcomes.then(
                        partitions(request, topics),
                        partitions -> StartPoints.of(request.getStart())
                                .map(point -> new Start.Of(List.copyOf(topics), partitions, point))));
    }

    private static Outcome<Set<String>> topics(ReadRequest request) {
        Set<String> topics = new LinkedHashSet<>();
        for (String topic : request.getTopicsList()) {
            Optional<String> problem = TopicName.problemOf(topic);
            if (problem.isPresent()) {
                return Outcome.refused(new Refusal.InvalidTopicName(topic, problem.get()));
            }
            topics.add(topic);
        }
        return Outcome.done(topics);
    }

    private static Outcome<List<TopicPartition>> partitions(ReadRequest request, Set<String> topics) {
        Set<TopicPartition> partitions = new LinkedHashSet<>();
        for (io.millrace.v1.TopicPartition partition : request.getPartitionsList()) {
            if (topics.contains(partition.getTopic())) {
                return invalid("Topic '" + partition.getTopic() + "' is named as a whole and by partition.");
            }
            switch (Partitions.of(partition.getTopic(), partition.getPartition())) {
                case Outcome.Done<TopicPartition>(TopicPartition legal) -> partitions.add(legal);
                case Outcome.Refused<TopicPartition>(Refusal refusal) -> {
                    return Outcome.refused(refusal);
                }
            }
        }
        return Outcome.done(List.copyOf(partitions));
    }

    private static <T> Outcome<T> invalid(String message) {
        return Outcome.refused(new Refusal.InvalidRequest(message));
    }
}
