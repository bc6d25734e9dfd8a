package io.millrace.gateway.grpc;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.read.Cursor;
import io.millrace.gateway.read.PartitionEdges;
import io.millrace.gateway.read.Position;
import io.millrace.gateway.read.ReadPage;
import io.millrace.gateway.read.ReadRequest;
import io.millrace.v1.FetchRequest;
import io.millrace.v1.FetchResponse;
import io.millrace.v1.PartitionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns Fetch's messages into the gateway's terms and back. The limits together keep a response below the 4 MiB that gRPC
 * clients take by default, also with the longest topic names, unless a single record is larger.
 */
final class FetchTranslation {
    private static final int POSITIONS_MAX = 500;
    private static final int RECORDS_DEFAULT = 500;
    private static final int RECORDS_MAX = 5_000;
    private static final long BYTES_DEFAULT = 1024 * 1024;
    private static final long BYTES_MAX = 2 * 1024 * 1024;
    private static final Duration WAIT_MAX = Duration.ofMinutes(5);

    private FetchTranslation() {}

    /** The page asked for; it waits at most until the deadline of the current call. */
    static Outcome<ReadRequest> page(FetchRequest request) {
        if (request.getMaxRecords() < 0 || request.getMaxRecords() > RECORDS_MAX) {
            return invalid("max_records is " + request.getMaxRecords() + "; it must be 0 to " + RECORDS_MAX + ".");
        }
        if (request.getMaxBytes() < 0 || request.getMaxBytes() > BYTES_MAX) {
            return invalid("max_bytes is " + request.getMaxBytes() + "; it must be 0 to " + BYTES_MAX + ".");
        }
        if (!Times.isLegal(request.getMaxWait(), WAIT_MAX)) {
            return invalid("max_wait must be 0 or more and at most " + WAIT_MAX.toSeconds() + " seconds.");
        }
        return Outcomes.all(
                cursor(request),
                Filters.isolation(request.getIsolationLevel()),
                Filters.of(request.getFilter()),
                (cursor, isolation, filter) -> new ReadRequest(
                        cursor,
                        request.getMaxRecords() == 0 ? RECORDS_DEFAULT : request.getMaxRecords(),
                        request.getMaxBytes() == 0 ? BYTES_DEFAULT : request.getMaxBytes(),
                        CallDeadline.within(Times.of(request.getMaxWait())),
                        isolation,
                        filter));
    }

    static FetchResponse response(ReadPage page) {
        FetchResponse.Builder response = FetchResponse.newBuilder()
                .addAllRecords(OutgoingRecords.of(page.records()))
                .setNextCursor(page.next().encode())
                .setCaughtUp(page.atEnd());
        page.partitions().forEach(edges -> response.addPartitions(state(edges)));
        return response.build();
    }

    private static Outcome<Cursor> cursor(FetchRequest request) {
        if (request.getCursor().isEmpty() == (request.getPositionsCount() == 0)) {
            return invalid("A fetch needs either positions or a cursor, and not both.");
        }
        return request.getCursor().isEmpty() ? cursor(request.getPositionsList()) : Cursor.decode(request.getCursor());
    }

    private static Outcome<Cursor> cursor(List<io.millrace.v1.Position> positions) {
        if (positions.size() > POSITIONS_MAX) {
            return invalid("There are " + positions.size() + " positions; one fetch takes " + POSITIONS_MAX + ".");
        }
        Set<TopicPartition> seen = new HashSet<>();
        List<Position> all = new ArrayList<>(positions.size());
        for (io.millrace.v1.Position position : positions) {
            switch (position(position)) {
                case Outcome.Refused<Position>(Refusal refusal) -> {
                    return Outcome.refused(refusal);
                }
                case Outcome.Done<Position>(Position legal) -> {
                    if (!seen.add(legal.partition())) {
                        return invalid("There are two positions of partition " + legal.partition() + ".");
                    }
                    all.add(legal);
                }
            }
        }
        return Outcome.done(new Cursor(all));
    }

    private static Outcome<Position> position(io.millrace.v1.Position position) {
        if (position.getOffset() < 0) {
            return invalid("Offsets begin at 0; " + position.getOffset() + " is none.");
        }
        int epoch = position.hasLeaderEpoch() ? position.getLeaderEpoch() : Position.NO_EPOCH;
        return Partitions.of(position.getTopic(), position.getPartition())
                .map(partition -> new Position(partition, position.getOffset(), epoch));
    }

    private static PartitionState state(PartitionEdges edges) {
        PartitionState.Builder state = PartitionState.newBuilder()
                .setPartition(Partitions.message(edges.partition()))
                .setLogStartOffset(edges.logStartOffset())
                .setLastStableOffset(edges.lastStableOffset())
                .setHighWatermark(edges.highWatermark());
        edges.problem().ifPresent(problem -> state.setError(ItemErrors.of(problem)));
        return state.build();
    }

    private static <T> Outcome<T> invalid(String message) {
        return Outcome.refused(new Refusal.InvalidRequest(message));
    }
}
