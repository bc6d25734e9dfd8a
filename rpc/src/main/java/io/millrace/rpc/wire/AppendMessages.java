package io.millrace.rpc.wire;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.model.Acks;
import io.millrace.internal.v1.AppendResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Appends as messages. Batches are not copied: they stay windows on the bytes that they came from. */
public final class AppendMessages {
    private AppendMessages() {}

    /** The batches must not change until the message is sent. */
    public static io.millrace.internal.v1.AppendRequest encode(BrokerAddressed to, AppendRequest request) {
        io.millrace.internal.v1.AppendRequest.Builder message = io.millrace.internal.v1.AppendRequest.newBuilder()
                .setTo(to.encode())
                .setAcks(encode(request.acks()))
                .setTimeoutMillis(Durations.millis(request.timeout()));
        for (AppendRequest.Part part : request.parts()) {
            message.addParts(io.millrace.internal.v1.AppendRequest.Part.newBuilder()
                    .setPartition(Partitions.encode(part.partition()))
                    .setExpectedLeaderEpoch(part.expectedLeaderEpoch())
                    .setBatch(WireBytes.wrap(part.batch())));
        }
        return message.build();
    }

    /** Who the request is for. */
    public static BrokerAddressed addressee(io.millrace.internal.v1.AppendRequest message)
            throws MalformedMessageException {
        return BrokerAddressed.decode(message.hasTo(), message.getTo());
    }

    /** The batches are writable windows on the message's bytes, so the message must not be used any more. */
    public static AppendRequest decode(io.millrace.internal.v1.AppendRequest message) throws MalformedMessageException {
        List<AppendRequest.Part> parts = new ArrayList<>(message.getPartsCount());
        for (io.millrace.internal.v1.AppendRequest.Part part : message.getPartsList()) {
            parts.add(new AppendRequest.Part(
                    Partitions.decode(part.getPartition()),
                    part.getExpectedLeaderEpoch(),
                    WireBytes.view(part.getBatch())));
        }
        return new AppendRequest(parts, decode(message.getAcks()), Duration.ofMillis(message.getTimeoutMillis()));
    }

    /** Where the batches landed, part by part. */
    public static AppendResponse encode(List<Outcome<Appended>> outcomes) {
        AppendResponse.Builder message = AppendResponse.newBuilder();
        for (Outcome<Appended> outcome : outcomes) {
            AppendResponse.Part.Builder part = message.addPartsBuilder();
            var _ = Outcomes.encode(outcome, appended -> part.setAppended(encode(appended)), part::setRefusal);
        }
        return message.build();
    }

    /** Where the batches landed, part by part. */
    public static List<Outcome<Appended>> decode(AppendResponse message) throws MalformedMessageException {
        List<Outcome<Appended>> outcomes = new ArrayList<>(message.getPartsCount());
        for (AppendResponse.Part part : message.getPartsList()) {
            outcomes.add(
                    switch (part.getOutcomeCase()) {
                        case APPENDED -> Outcome.done(decode(part.getAppended()));
                        case REFUSAL -> Outcomes.refused(part.getRefusal());
                        case OUTCOME_NOT_SET -> throw new MalformedMessageException("A part of the answer is empty.");
                    });
        }
        return outcomes;
    }

    private static AppendResponse.Appended encode(Appended appended) {
        return AppendResponse.Appended.newBuilder()
                .setBaseOffset(appended.baseOffset())
                .setLastOffset(appended.lastOffset())
                .setLogAppendTimeMillis(appended.logAppendTimeMillis())
                .setLogStartOffset(appended.logStartOffset())
                .build();
    }

    private static Appended decode(AppendResponse.Appended message) {
        return new Appended(
                message.getBaseOffset(),
                message.getLastOffset(),
                message.getLogAppendTimeMillis(),
                message.getLogStartOffset());
    }

    private static io.millrace.internal.v1.Acks encode(Acks acks) {
        return switch (acks) {
            case NONE -> io.millrace.internal.v1.Acks.ACKS_NONE;
            case LEADER -> io.millrace.internal.v1.Acks.ACKS_LEADER;
            case ALL -> io.millrace.internal.v1.Acks.ACKS_ALL;
        };
    }

    private static Acks decode(io.millrace.internal.v1.Acks acks) throws MalformedMessageException {
        return switch (acks) {
            case ACKS_NONE -> Acks.NONE;
            case ACKS_LEADER -> Acks.LEADER;
            case ACKS_ALL -> Acks.ALL;
            case ACKS_UNSPECIFIED, UNRECOGNIZED ->
                throw new MalformedMessageException("The append does not say when it shall be acknowledged.");
        };
    }
}
