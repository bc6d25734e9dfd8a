package io.millrace.simulation.remote;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What crosses from one process to another crosses as a copy. */
final class Border {
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
