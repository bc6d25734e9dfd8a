package io.millrace.rpc.wire;

import io.millrace.core.api.FoundOffset;
import io.millrace.core.api.ListOffsetsRequest;
import io.millrace.core.api.ListOffsetsRequest.Target;
import io.millrace.core.api.Outcome;
import io.millrace.core.model.IsolationLevel;
import io.millrace.internal.v1.ListOffsetsRequest.Edge;
import io.millrace.internal.v1.ListOffsetsResponse;
import java.util.ArrayList;
import java.util.List;

/** Questions for offsets as messages. */
public final class OffsetMessages {
    private OffsetMessages() {}

    /** What to look for. */
    public static io.millrace.internal.v1.ListOffsetsRequest encode(BrokerAddressed to, ListOffsetsRequest request) {
        io.millrace.internal.v1.ListOffsetsRequest.Builder message =
                io.millrace.internal.v1.ListOffsetsRequest.newBuilder()
                        .setTo(to.encode())
                        .setReadCommitted(request.isolationLevel() == IsolationLevel.READ_COMMITTED);
        for (ListOffsetsRequest.Part part : request.parts()) {
            message.addParts(encode(part));
        }
        return message.build();
    }

    /** Who the request is for. */
    public static BrokerAddressed addressee(io.millrace.internal.v1.ListOffsetsRequest message)
            throws MalformedMessageException {
        return BrokerAddressed.decode(message.hasTo(), message.getTo());
    }

    /** What to look for. */
    public static ListOffsetsRequest decode(io.millrace.internal.v1.ListOffsetsRequest message)
            throws MalformedMessageException {
        List<ListOffsetsRequest.Part> parts = new ArrayList<>(message.getPartsCount());
        for (io.millrace.internal.v1.ListOffsetsRequest.Part part : message.getPartsList()) {
            parts.add(new ListOffsetsRequest.Part(
                    Partitions.decode(part.getPartition()), part.getExpectedLeaderEpoch(), target(part)));
        }
        return new ListOffsetsRequest(
                parts, message.getReadCommitted() ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED);
    }

    /** What was found, part by part. */
    public static ListOffsetsResponse encode(List<Outcome<FoundOffset>> outcomes) {
        ListOffsetsResponse.Builder message = ListOffsetsResponse.newBuilder();
        for (Outcome<FoundOffset> outcome : outcomes) {
            ListOffsetsResponse.Part.Builder part = message.addPartsBuilder();
            var _ = Outcomes.encode(outcome, found -> part.setFound(encode(found)), part::setRefusal);
        }
        return message.build();
    }

    /** What was found, part by part. */
    public static List<Outcome<FoundOffset>> decode(ListOffsetsResponse message) throws MalformedMessageException {
        List<Outcome<FoundOffset>> outcomes = new ArrayList<>(message.getPartsCount());
        for (ListOffsetsResponse.Part part : message.getPartsList()) {
            outcomes.add(
                    switch (part.getOutcomeCase()) {
                        case FOUND -> Outcome.done(decode(part.getFound()));
                        case REFUSAL -> Outcomes.refused(part.getRefusal());
                        case OUTCOME_NOT_SET -> throw new MalformedMessageException("A part of the answer is empty.");
                    });
        }
        return outcomes;
    }

    private static io.millrace.internal.v1.ListOffsetsRequest.Part encode(ListOffsetsRequest.Part part) {
        io.millrace.internal.v1.ListOffsetsRequest.Part.Builder message =
                io.millrace.internal.v1.ListOffsetsRequest.Part.newBuilder()
                        .setPartition(Partitions.encode(part.partition()))
                        .setExpectedLeaderEpoch(part.expectedLeaderEpoch());
        return switch (part.target()) {
            case Target.Earliest() -> message.setEdge(Edge.EDGE_EARLIEST).build();
            case Target.Latest() -> message.setEdge(Edge.EDGE_LATEST).build();
            case Target.MaxTimestamp() ->
                message.setEdge(Edge.EDGE_MAX_TIMESTAMP).build();
            case Target.AtTimestamp(long timestampMillis) ->
                message.setAtTimestampMillis(timestampMillis).build();
            case Target.EndOfEpoch(int epoch) -> message.setEndOfEpoch(epoch).build();
        };
    }

    private static Target target(io.millrace.internal.v1.ListOffsetsRequest.Part part)
            throws MalformedMessageException {
        return switch (part.getTargetCase()) {
            case EDGE -> edge(part.getEdge());
            case AT_TIMESTAMP_MILLIS -> new Target.AtTimestamp(part.getAtTimestampMillis());
            case END_OF_EPOCH -> new Target.EndOfEpoch(part.getEndOfEpoch());
            case TARGET_NOT_SET -> throw new MalformedMessageException("A part does not say what offset it asks for.");
        };
    }

    private static Target edge(Edge edge) throws MalformedMessageException {
        return switch (edge) {
            case EDGE_EARLIEST -> new Target.Earliest();
            case EDGE_LATEST -> new Target.Latest();
            case EDGE_MAX_TIMESTAMP -> new Target.MaxTimestamp();
            case EDGE_UNSPECIFIED, UNRECOGNIZED ->
                throw new MalformedMessageException("A part asks for an edge that is not known here.");
        };
    }

    private static ListOffsetsResponse.Found encode(FoundOffset found) {
        return ListOffsetsResponse.Found.newBuilder()
                .setOffset(found.offset())
                .setTimestampMillis(found.timestampMillis())
                .setLeaderEpoch(found.leaderEpoch())
                .build();
    }

    private static FoundOffset decode(ListOffsetsResponse.Found message) {
        return new FoundOffset(message.getOffset(), message.getTimestampMillis(), message.getLeaderEpoch());
    }
}
