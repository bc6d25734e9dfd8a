package io.millrace.rpc.replica;

import io.millrace.core.api.ReplicaHello;
import io.millrace.core.api.ReplicaPart;
import io.millrace.core.api.ReplicaPull;
import io.millrace.core.api.twin.MemorySlice;
import io.millrace.core.model.TopicId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** What leaders and followers say in tests. */
final class Said {
    static final TopicId ORDERS = new TopicId(new UUID(1, 2));
    static final ReplicaHello HELLO = new ReplicaHello("cluster-1", 2, 1L << 40, 1, 1L << 41);

    private Said() {}

    static ReplicaPull pull(long offset) {
        return new ReplicaPull(
                6,
                List.of(
                        new ReplicaPull.Position(
                                ORDERS, 3, 5, offset, ReplicaPull.NO_EPOCH, offset, ReplicaPull.Wants.RECORDS),
                        new ReplicaPull.Position(ORDERS, 4, 5, 1, 4, 0, ReplicaPull.Wants.NOTHING),
                        new ReplicaPull.Position(ORDERS, 5, 5, 1, 4, 0, ReplicaPull.Wants.TO_LEAVE)));
    }

    static ReplicaPart.Progress progress(long highWatermark) {
        return new ReplicaPart.Progress(ORDERS, 3, 5, highWatermark, 2);
    }

    /** So many bytes, which are others for each high watermark. */
    static ReplicaPart.Records records(int bytes, long highWatermark) {
        byte[] content = new byte[bytes];
        new Random(highWatermark).nextBytes(content);
        return new ReplicaPart.Records(
                ORDERS, 3, 5, new MemorySlice(List.of(ByteBuffer.wrap(content))), highWatermark, 2);
    }

    static ByteBuffer bytesOf(ReplicaPart.Records part) {
        try {
            return part.records().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
