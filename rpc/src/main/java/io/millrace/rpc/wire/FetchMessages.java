package io.millrace.rpc.wire;

import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.FetchRequest.ServedBy;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.IsolationLevel;
import io.millrace.internal.v1.FetchResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Fetches as messages. Records are read once, by the process that has them, and are never copied after that. */
public final class FetchMessages {
    private FetchMessages() {}

    /** What to read. */
    public static io.millrace.internal.v1.FetchRequest encode(BrokerAddressed to, FetchRequest request) {
        io.millrace.internal.v1.FetchRequest.Builder message = io.millrace.internal.v1.FetchRequest.newBuilder()
                .setTo(to.encode())
                .setMinBytes(request.minBytes())
                .setMaxBytes(request.maxBytes())
                .setMaxWaitMillis(Durations.millis(request.maxWait()))
                .setReadCommitted(request.isolationLevel() == IsolationLevel.READ_COMMITTED)
                .setAnyReplica(request.servedBy() == ServedBy.ANY_REPLICA);
        for (FetchRequest.Part part : request.parts()) {
            message.addParts(io.millrace.internal.v1.FetchRequest.Part.newBuilder()
                    .setPartition(Partitions.encode(part.partition()))
                    .setExpectedLeaderEpoch(part.expectedLeaderEpoch())
                    .setOffset(part.offset())
                    .setMaxBytes(part.maxBytes()));
        }
        return message.build();
    }

    /** Who the request is for. */
    public static BrokerAddressed addressee(io.millrace.internal.v1.FetchRequest message)
            throws MalformedMessageException {
        return BrokerAddressed.decode(message.hasTo(), message.getTo());
    }

    /** What to read. */
    public static FetchRequest decode(io.millrace.internal.v1.FetchRequest message) throws MalformedMessageException {
        List<FetchRequest.Part> parts = new ArrayList<>(message.getPartsCount());
        for (io.millrace.internal.v1.FetchRequest.Part part : message.getPartsList()) {
            parts.add(new FetchRequest.Part(
                    Partitions.decode(part.getPartition()),
                    part.getExpectedLeaderEpoch(),
                    part.getOffset(),
                    part.getMaxBytes()));
        }
        return new FetchRequest(
                parts,
                message.getMinBytes(),
                message.getMaxBytes(),
                Duration.ofMillis(message.getMaxWaitMillis()),
                message.getReadCommitted() ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED,
                message.getAnyReplica() ? ServedBy.ANY_REPLICA : ServedBy.LEADER);
    }

    /** Reads the records of every part into memory: not for threads that must not wait for a disk. */
    public static FetchResponse read(List<Outcome<Fetched>> outcomes) {
        FetchResponse.Builder message = FetchResponse.newBuilder();
        for (Outcome<Fetched> outcome : outcomes) {
            message.addParts(
                    switch (outcome) {
                        case Outcome.Done<Fetched>(Fetched fetched) -> read(fetched);
                        case Outcome.Refused<Fetched>(Refusal refusal) -> refused(refusal);
                    });
        }
        return message.build();
    }

    /** The records are windows on the message's bytes. */
    public static List<Outcome<Fetched>> decode(FetchResponse message) throws MalformedMessageException {
        List<Outcome<Fetched>> outcomes = new ArrayList<>(message.getPartsCount());
        for (FetchResponse.Part part : message.getPartsList()) {
            outcomes.add(
                    switch (part.getOutcomeCase()) {
                        case FETCHED -> Outcome.done(decode(part.getFetched()));
                        case REFUSAL -> Outcomes.refused(part.getRefusal());
                        case OUTCOME_NOT_SET -> throw new MalformedMessageException("A part of the answer is empty.");
                    });
        }
        return outcomes;
    }

    private static FetchResponse.Part read(Fetched fetched) {
        ByteBuffer records;
        try {
            records = fetched.records().read();
        } catch (IOException e) {
            return refused(new Refusal.StorageFailed("The records cannot be read: " + e.getMessage() + "."));
        }
        return FetchResponse.Part.newBuilder()
                .setFetched(FetchResponse.Fetched.newBuilder()
                        .setLogStartOffset(fetched.logStartOffset())
                        .setHighWatermark(fetched.highWatermark())
                        .setLastStableOffset(fetched.lastStableOffset())
                        .setRecords(WireBytes.wrap(records)))
                .build();
    }

    private static FetchResponse.Part refused(Refusal refusal) {
        return FetchResponse.Part.newBuilder()
                .setRefusal(Refusals.encode(refusal))
                .build();
    }

    private static Fetched decode(FetchResponse.Fetched message) {
        return new Fetched(
                new ReceivedRecords(WireBytes.view(message.getRecords())),
                message.getLogStartOffset(),
                message.getHighWatermark(),
                message.getLastStableOffset());
    }
}
