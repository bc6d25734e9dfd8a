package io.millrace.gateway.kafka.wire;

import java.nio.ByteBuffer;
import java.util.List;

/** How a request is answered. */
public sealed interface Reply {
    /** A frame, its length prefix included, in pieces that are sent one behind the other. */
    record Frame(List<ReplyPart> parts) implements Reply {
        @Override
        public long heldBytes() {
            long bytes = 0;
            for (ReplyPart part : parts) {
                bytes += part.heldBytes();
            }
            return bytes;
        }

        /** A frame in one piece. */
        public static Frame of(ByteBuffer bytes) {
            return new Frame(List.of(new ReplyPart.Bytes(bytes)));
        }
    }

    /** The client expects no answer: a produce request with acks=0. */
    record Nothing() implements Reply {}

    /**
     * The connection ends: the request cannot be understood, or its failure cannot be told in another way.
     *
     * @param reason for the log, without a word of what the client sent
     */
    record Hangup(String reason) implements Reply {}

    /** Bytes of memory that are free again when it has been sent. */
    default long heldBytes() {
        return 0;
    }
}
