package io.millrace.rpc.broker;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.RecordsSlice;
import io.millrace.core.api.twin.UnaskedBroker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Keeps nothing and answers at once, so that a benchmark sees the hop and nothing else. */
final class DiscardingBroker extends UnaskedBroker {
    private static final Outcome<Appended> APPENDED = Outcome.done(new Appended(0, 0, -1, 0));

    private final Outcome<Fetched> fetched;

    DiscardingBroker(int fetchedBytes) {
        fetched = Outcome.done(new Fetched(new Memory(ByteBuffer.allocate(fetchedBytes)), 0, 1, 1));
    }

    @Override
    public CompletableFuture<List<Outcome<Appended>>> append(AppendRequest request) {
        return CompletableFuture.completedFuture(
                request.parts().stream().map(_ -> APPENDED).toList());
    }

    @Override
    public CompletableFuture<List<Outcome<Fetched>>> fetch(FetchRequest request) {
        return CompletableFuture.completedFuture(
                request.parts().stream().map(_ -> fetched).toList());
    }

    /** Records that are in memory already. */
    private record Memory(ByteBuffer bytes) implements RecordsSlice {
        @Override
        public int sizeInBytes() {
            return bytes.remaining();
        }

        @Override
        public ByteBuffer read() {
            return bytes.duplicate();
        }

        @Override
        public long transferTo(long position, WritableByteChannel to) throws IOException {
            return to.write(bytes.duplicate().position(Math.toIntExact(position)));
        }
    }
}
