package io.millrace.rpc.wire;

import com.google.protobuf.ByteString;
import io.millrace.core.model.TopicId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Ids of 128 bits, which travel as 16 bytes, most significant first. */
public final class Ids {
    private static final int BYTES = 16;

    private Ids() {}

    /** Cannot fail. */
    public static ByteString encode(UUID id) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .flip();
        return ByteString.copyFrom(bytes);
    }

    /** Cannot fail. */
    public static ByteString encode(TopicId id) {
        return encode(id.uuid());
    }

    /** Refuses every other length than 16 bytes. */
    public static UUID decode(ByteString bytes) throws MalformedMessageException {
        if (bytes.size() != BYTES) {
            throw new MalformedMessageException("An id has " + BYTES + " bytes; this one has " + bytes.size() + ".");
        }
        ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    /** Cannot fail. */
    static List<ByteString> encode(List<UUID> ids) {
        return ids.stream().map(Ids::encode).toList();
    }

    /** Refuses every other length than 16 bytes, and more ids than that. */
    static List<UUID> decode(String what, List<ByteString> from, int countMax) throws MalformedMessageException {
        if (from.size() > countMax) {
            throw new MalformedMessageException(
                    what + " number at most " + countMax + "; these are " + from.size() + ".");
        }
        List<UUID> ids = new ArrayList<>(from.size());
        for (ByteString bytes : from) {
            ids.add(decode(bytes));
        }
        return ids;
    }

    /** Refuses every other length than 16 bytes. */
    public static TopicId decodeTopicId(ByteString bytes) throws MalformedMessageException {
        return new TopicId(decode(bytes));
    }
}
