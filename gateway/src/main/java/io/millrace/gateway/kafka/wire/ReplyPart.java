package io.millrace.gateway.kafka.wire;

import io.millrace.core.api.RecordsSlice;
import java.nio.ByteBuffer;

/** A piece of a reply, sent as it is. */
public sealed interface ReplyPart {
    /** Bytes in memory, from position to limit. */
    record Bytes(ByteBuffer bytes) implements ReplyPart {
        @Override
        public int heldBytes() {
            return bytes.limit();
        }
    }

    /** Records that go from their file to the socket. */
    record Records(RecordsSlice slice) implements ReplyPart {
        @Override
        public int heldBytes() {
            return slice.heldBytes();
        }
    }

    /** Bytes of memory that are free again when it has been sent, the same before and after. */
    int heldBytes();
}
