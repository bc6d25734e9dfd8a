package io.millrace.gateway.grpc;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.FoundOffset;
import io.millrace.core.api.ListOffsetsRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.Clock;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.read.StartPoint;
import io.millrace.v1.ListOffsetsResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Finds offsets for ListOffsets. Safe for any thread. */
final class OffsetSearch {
    private final BrokerApi brokers;
    private final Clock clock;

    OffsetSearch(BrokerApi brokers, Clock clock) {
        this.brokers = brokers;
        this.clock = clock;
    }

    CompletableFuture<Outcome<ListOffsetsResponse>> find(io.millrace.v1.ListOffsetsRequest request, TopicImage topic) {
        List<TopicPartition> partitions = partitions(request, topic);
        Outcome<IsolationLevel> isolation = Filters.isolation(request.getIsolationLevel());
        if (request.getAt().getStartCase() == io.millrace.v1.StartPoint.StartCase.START_NOT_SET) {
            return refused("ListOffsets has to say what to look for.");
        }
        if (request.getAt().getEdge() == io.millrace.v1.StartPoint.Edge.EDGE_MAX_TIMESTAMP) {
            return Outcomes.thenAsk(
                    isolation, level -> find(partitions, level, new ListOffsetsRequest.Target.MaxTimestamp()));
        }
        Outcome<StartPoint> start = StartPoints.of(request.getAt());
        return Outcomes.thenAsk(isolation, level -> Outcomes.thenAsk(start, point -> find(partitions, level, point)));
    }

    private CompletableFuture<Outcome<ListOffsetsResponse>> find(
            List<TopicPartition> partitions, IsolationLevel isolation, StartPoint point) {
        return switch (point) {
            case StartPoint.Earliest e -> find(partitions, isolation, new ListOffsetsRequest.Target.Earliest());
            case StartPoint.Latest l -> find(partitions, isolation, new ListOffsetsRequest.Target.Latest());
            case StartPoint.AtTime(var time) ->
                find(partitions, isolation, new ListOffsetsRequest.Target.AtTimestamp(time.toEpochMilli()));
            case StartPoint.Ago(var age) ->
                find(
                        partitions,
                        isolation,
                        new ListOffsetsRequest.Target.AtTimestamp(Math.max(clock.wallMillis() - age.toMillis(), 0)));
            case StartPoint.Last(long count) -> last(partitions, isolation, count);
            case StartPoint.AtOffset(long offset) ->
                refused("An offset needs no search; ListOffsets looks for the others.");
        };
    }

    private CompletableFuture<Outcome<ListOffsetsResponse>> last(
            List<TopicPartition> partitions, IsolationLevel isolation, long count) {
        return ask(partitions, isolation, new ListOffsetsRequest.Target.Earliest())
                .thenCombine(ask(partitions, isolation, new ListOffsetsRequest.Target.Latest()), (starts, ends) -> {
                    List<Outcome<FoundOffset>> found = new ArrayList<>(partitions.size());
                    for (int i = 0; i < partitions.size(); i++) {
                        Outcome<FoundOffset> end = ends.get(i);
                        found.add(Outcomes.then(
                                starts.get(i),
                                start -> end.map(latest ->
                                        new FoundOffset(Math.max(latest.offset() - count, start.offset()), -1, -1))));
                    }
                    return Outcome.done(response(partitions, found));
                });
    }

    private CompletableFuture<Outcome<ListOffsetsResponse>> find(
            List<TopicPartition> partitions, IsolationLevel isolation, ListOffsetsRequest.Target target) {
        return ask(partitions, isolation, target).thenApply(found -> Outcome.done(response(partitions, found)));
    }

    private CompletableFuture<List<Outcome<FoundOffset>>> ask(
            List<TopicPartition> partitions, IsolationLevel isolation, ListOffsetsRequest.Target target) {
        List<ListOffsetsRequest.Part> parts = partitions.stream()
                .map(partition -> new ListOffsetsRequest.Part(partition, AppendRequest.ANY_EPOCH, target))
                .toList();
        return brokers.listOffsets(new ListOffsetsRequest(parts, isolation));
    }

    private static List<TopicPartition> partitions(io.millrace.v1.ListOffsetsRequest request, TopicImage topic) {
        IntStream numbers = request.getPartitionsCount() == 0
                ? IntStream.range(0, topic.partitions().size())
                : request.getPartitionsList().stream()
                        .mapToInt(Integer::intValue)
                        .distinct();
        return numbers.mapToObj(number -> new TopicPartition(topic.name(), number))
                .toList();
    }

    private static ListOffsetsResponse response(List<TopicPartition> partitions, List<Outcome<FoundOffset>> found) {
        ListOffsetsResponse.Builder response = ListOffsetsResponse.newBuilder();
        for (int i = 0; i < partitions.size(); i++) {
            ListOffsetsResponse.ListedOffset.Builder listed =
                    ListOffsetsResponse.ListedOffset.newBuilder().setPartition(Partitions.message(partitions.get(i)));
            switch (found.get(i)) {
                case Outcome.Done<FoundOffset>(FoundOffset at) -> fill(listed, at);
                case Outcome.Refused<FoundOffset>(Refusal refusal) -> listed.setError(ItemErrors.of(refusal));
            }
            response.addOffsets(listed);
        }
        return response.build();
    }

    private static void fill(ListOffsetsResponse.ListedOffset.Builder listed, FoundOffset at) {
        if (at.offset() >= 0) {
            listed.setOffset(at.offset());
        }
        if (at.timestampMillis() >= 0) {
            listed.setTimestamp(Times.timestamp(at.timestampMillis()));
        }
        if (at.leaderEpoch() >= 0) {
            listed.setLeaderEpoch(at.leaderEpoch());
        }
    }

    private static <T> CompletableFuture<Outcome<T>> refused(String message) {
        return CompletableFuture.completedFuture(Outcome.refused(new Refusal.InvalidRequest(message)));
    }
}
