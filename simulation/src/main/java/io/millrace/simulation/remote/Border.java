package io.millrace.simulation.remote;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaPart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What crosses from one process to another crosses as a copy. */
final class Border {
    /** What a part of an answer has besides records, about. */
    private static final int PART_BYTES = 40;

    private Border() {}

    static ByteBuffer copyOf(ByteBuffer bytes) {
        ByteBuffer copy = ByteBuffer.allocate(bytes.remaining());
        return copy.put(bytes.duplicate()).flip();
    }

    static AppendRequest copyOf(AppendRequest request) {
        List<AppendRequest.Part> parts = new ArrayList<>(request.parts().size());
        for (AppendRequest.Part part : request.parts()) {
            parts.add(new AppendRequest.Part(part.partition(), part.expectedLeaderEpoch(), copyOf(part.batch())));
        }
        return new AppendRequest(parts, request.acks(), request.timeout());
    }

    static int bytesOf(AppendRequest request) {
        return request.parts().stream()
                .mapToInt(part -> part.batch().remaining())
                .sum();
    }

    static List<Outcome<Fetched>> read(List<Outcome<Fetched>> outcomes) {
        return outcomes.stream().map(Border::read).toList();
    }

    static int bytesOf(List<Outcome<Fetched>> outcomes) {
        int sum = 0;
        for (Outcome<Fetched> outcome : outcomes) {
            sum += outcome instanceof Outcome.Done<Fetched>(Fetched fetched)
                    ? fetched.records().sizeInBytes()
                    : 0;
        }
        return sum;
    }

    /** Records that cannot be read are no answer, and the follower asks again. */
    static ReplicaPart read(ReplicaPart part) {
        if (!(part instanceof ReplicaPart.Records records)) {
            return part;
        }
        try {
            return new ReplicaPart.Records(
                    records.topicId(),
                    records.partition(),
                    records.leaderEpoch(),
                    new ReceivedRecords(copyOf(records.records().read())),
                    records.highWatermark(),
                    records.logStartOffset());
        } catch (IOException e) {
            return new ReplicaPart.Refused(
                    records.topicId(),
                    records.partition(),
                    records.leaderEpoch(),
                    new Refusal.StorageFailed("The records cannot be read: " + e.getMessage() + "."));
        }
    }

    static int bytesIn(List<ReplicaPart> parts) {
        int sum = 0;
        for (ReplicaPart part : parts) {
            sum += PART_BYTES;
            if (part instanceof ReplicaPart.Records records) {
                sum += records.records().sizeInBytes();
            }
        }
        return sum;
    }

    private static Outcome<Fetched> read(Outcome<Fetched> outcome) {
        if (!(outcome instanceof Outcome.Done<Fetched>(Fetched fetched))) {
            return outcome;
        }
        try {
            ByteBuffer bytes = copyOf(fetched.records().read());
            return Outcome.done(new Fetched(
                    new ReceivedRecords(bytes),
                    fetched.logStartOffset(),
                    fetched.highWatermark(),
                    fetched.lastStableOffset()));
        } catch (IOException e) {
            return Outcome.refused(new Refusal.StorageFailed("The records cannot be read: " + e.getMessage() + "."));
        }
    }
}
