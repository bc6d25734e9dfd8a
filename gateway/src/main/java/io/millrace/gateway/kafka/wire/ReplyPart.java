package io.millrace.gateway.kafka.wire;

import io.millrace.core.api.RecordsSlice;
import java.nio.ByteBuffer;

/** A piece of a reply, sent as it is. */
public sealed interface ReplyPart {
    /** Bytes in memory, from position to limit. */
    record Bytes(ByteBuffer bytes) implements ReplyPart {}

    /** Records that go from their file to the socket. */
    record Records(RecordsSlice slice) implements ReplyPart {}
}
