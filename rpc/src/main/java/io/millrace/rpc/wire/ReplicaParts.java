package io.millrace.rpc.wire;

import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaPart;
import io.millrace.core.model.TopicId;
import io.millrace.internal.v1.ReplicaParts.Part;
import io.millrace.internal.v1.ReplicateResponse;
import io.millrace.internal.v1.StillHere;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a leader says in a session. Records are read once, and never copied on their way into a message or out of it. */
public final class ReplicaParts {
    /** Nothing new. */
    public static final ReplicateResponse STILL_HERE = ReplicateResponse.newBuilder()
            .setStillHere(StillHere.getDefaultInstance())
            .build();

    private ReplicaParts() {}

    /** The last message of a leader. */
    public static ReplicateResponse closed(Refusal why) {
        return ReplicateResponse.newBuilder().setClosed(Refusals.encode(why)).build();
    }

    /** Bytes of records in the part. */
    public static int sizeOf(ReplicaPart part) {
        return part instanceof ReplicaPart.Records records ? records.records().sizeInBytes() : 0;
    }

    /** Reads the records of every part into memory: not for threads that must not wait for a disk. */
    public static ReplicateResponse read(List<ReplicaPart> parts) {
        io.millrace.internal.v1.ReplicaParts.Builder to = io.millrace.internal.v1.ReplicaParts.newBuilder();
        for (ReplicaPart part : parts) {
            to.addParts(read(part));
        }
        return ReplicateResponse.newBuilder().setParts(to).build();
    }

    private static Part.Builder read(ReplicaPart part) {
        Part.Builder to = Part.newBuilder()
                .setTopicId(Ids.encode(part.topicId()))
                .setPartition(part.partition())
                .setLeaderEpoch(part.leaderEpoch());
        switch (part) {
            case ReplicaPart.Records records -> read(records, to);
            case ReplicaPart.Progress progress ->
                to.getProgressBuilder()
                        .setHighWatermark(progress.highWatermark())
                        .setLogStartOffset(progress.logStartOffset());
            case ReplicaPart.Diverging diverging ->
                to.getDivergingBuilder().setEndEpoch(diverging.endEpoch()).setEndOffset(diverging.endOffset());
            case ReplicaPart.StartsLater later -> to.getStartsLaterBuilder().setLogStartOffset(later.logStartOffset());
            case ReplicaPart.Refused refused -> to.setRefused(Refusals.encode(refused.why()));
        }
        return to;
    }

    private static void read(ReplicaPart.Records part, Part.Builder to) {
        try {
            ByteBuffer records = part.records().read();
            to.getRecordsBuilder()
                    .setHighWatermark(part.highWatermark())
                    .setLogStartOffset(part.logStartOffset())
                    .setRecords(WireBytes.wrap(records));
        } catch (IOException e) {
            to.setRefused(
                    Refusals.encode(new Refusal.StorageFailed("The records cannot be read: " + e.getMessage() + ".")));
        }
    }

    /** The records are windows on the message's bytes. */
    public static List<ReplicaPart> decode(io.millrace.internal.v1.ReplicaParts from) throws MalformedMessageException {
        List<ReplicaPart> parts = new ArrayList<>(from.getPartsCount());
        for (Part part : from.getPartsList()) {
            parts.add(decode(part));
        }
        return parts;
    }

    private static ReplicaPart decode(Part from) throws MalformedMessageException {
        TopicId topicId = Ids.decodeTopicId(from.getTopicId());
        int partition = from.getPartition();
        int epoch = from.getLeaderEpoch();
        return switch (from.getContentCase()) {
            case RECORDS ->
                new ReplicaPart.Records(
                        topicId,
                        partition,
                        epoch,
                        new ReceivedRecords(WireBytes.view(from.getRecords().getRecords())),
                        from.getRecords().getHighWatermark(),
                        from.getRecords().getLogStartOffset());
            case PROGRESS ->
                new ReplicaPart.Progress(
                        topicId,
                        partition,
                        epoch,
                        from.getProgress().getHighWatermark(),
                        from.getProgress().getLogStartOffset());
            case DIVERGING ->
                new ReplicaPart.Diverging(
                        topicId,
                        partition,
                        epoch,
                        from.getDiverging().getEndEpoch(),
                        from.getDiverging().getEndOffset());
            case STARTS_LATER ->
                new ReplicaPart.StartsLater(
                        topicId, partition, epoch, from.getStartsLater().getLogStartOffset());
            case REFUSED -> new ReplicaPart.Refused(topicId, partition, epoch, Refusals.decode(from.getRefused()));
            case CONTENT_NOT_SET ->
                throw new MalformedMessageException("A part for a follower is of no kind that this version knows.");
        };
    }
}
