package io.millrace.gateway.grpc;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.DeleteRecordsRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionStatus;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicPartition;
import io.millrace.v1.DeleteRecordsResponse;
import io.millrace.v1.PartitionState;
import io.millrace.v1.Position;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Lets partitions begin later, for DeleteRecords. Safe for any thread. */
final class RecordDeletion {
    private static final int PARTITIONS_MAX = 10_000;

    private final BrokerApi brokers;

    RecordDeletion(BrokerApi brokers) {
        this.brokers = brokers;
    }

    CompletableFuture<Outcome<DeleteRecordsResponse>> delete(io.millrace.v1.DeleteRecordsRequest request) {
        return Outcomes.thenAsk(
                parts(request.getBeforeList()),
                parts -> brokers.deleteRecords(new DeleteRecordsRequest(parts))
                        .thenApply(statuses -> Outcome.done(response(parts, statuses))));
    }

    private static Outcome<List<DeleteRecordsRequest.Part>> parts(List<Position> positions) {
        if (positions.isEmpty() || positions.size() > PARTITIONS_MAX) {
            return invalid(
                    "The request names " + positions.size() + " partitions; it must be 1 to " + PARTITIONS_MAX + ".");
        }
        Set<TopicPartition> seen = new HashSet<>();
        List<DeleteRecordsRequest.Part> parts = new ArrayList<>(positions.size());
        for (Position position : positions) {
            switch (part(position)) {
                case Outcome.Done<DeleteRecordsRequest.Part>(var part) -> {
                    if (!seen.add(part.partition())) {
                        return invalid("Partition " + part.partition() + " is named twice.");
                    }
                    parts.add(part);
                }
                case Outcome.Refused<DeleteRecordsRequest.Part>(Refusal refusal) -> {
                    return Outcome.refused(refusal);
                }
            }
        }
        return Outcome.done(parts);
    }

    private static Outcome<DeleteRecordsRequest.Part> part(Position position) {
        if (position.getOffset() < DeleteRecordsRequest.HIGH_WATERMARK) {
            return invalid("Offsets begin at 0, and -1 stands for the high watermark; " + position.getOffset()
                    + " is neither.");
        }
        return Partitions.of(position.getTopic(), position.getPartition())
                .map(partition -> new DeleteRecordsRequest.Part(partition, position.getOffset()));
    }

    private static DeleteRecordsResponse response(
            List<DeleteRecordsRequest.Part> parts, List<Outcome<PartitionStatus>> statuses) {
        DeleteRecordsResponse.Builder response = DeleteRecordsResponse.newBuilder();
        for (int i = 0; i < parts.size(); i++) {
            PartitionState.Builder state = PartitionState.newBuilder()
                    .setPartition(Partitions.message(parts.get(i).partition()));
            switch (statuses.get(i)) {
                case Outcome.Done<PartitionStatus>(PartitionStatus status) ->
                    state.setLogStartOffset(status.logStartOffset())
                            .setLastStableOffset(status.lastStableOffset())
                            .setHighWatermark(status.highWatermark());
                case Outcome.Refused<PartitionStatus>(Refusal refusal) -> state.setError(ItemErrors.of(refusal));
            }
            response.addPartitions(state);
        }
        return response.build();
    }

    private static <T> Outcome<T> invalid(String message) {
        return Outcome.refused(new Refusal.InvalidRequest(message));
    }
}
