package io.millrace.gateway.kafka.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.protocol.ApiKeys;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a request (request headers 1 and 2 of the protocol guide; 0 went with ControlledShutdown).
 *
 * @param apiKey which API, perhaps one that nobody knows
 * @param version of the API
 * @param correlationId what the reply has to begin with
 * @param clientId what the client calls itself, or null
 */
public record RequestHead(
        short apiKey,
        short version,
        int correlationId,
        @Nullable String clientId) {
    private static final int FIXED_BYTES = 8;
    private static final int FLEXIBLE = 2;

    /**
     * Takes the head from the frame, whose position is moved behind it. The tagged fields of a flexible header are skipped;
     * for an API or version that nobody knows they stay where they are. Throws MalformedRequestException.
     */
    public static RequestHead read(ByteBuffer frame) {
        if (frame.remaining() < FIXED_BYTES) {
            throw new MalformedRequestException("a frame of " + frame.remaining() + " bytes has no request header");
        }
        short apiKey = frame.getShort();
        short version = frame.getShort();
        int correlationId = frame.getInt();
        String clientId = readNullableString(frame);
        if (isFlexible(apiKey, version)) {
            skipTaggedFields(frame);
        }
        return new RequestHead(apiKey, version, correlationId, clientId);
    }

    private static boolean isFlexible(short apiKey, short version) {
        if (!ApiKeys.hasId(apiKey)) {
            return false;
        }
        ApiMessageType type = ApiMessageType.fromApiKey(apiKey);
        return version >= type.lowestSupportedVersion()
                && version <= type.highestSupportedVersion(true)
                && type.requestHeaderVersion(version) >= FLEXIBLE;
    }

    private static @Nullable String readNullableString(ByteBuffer frame) {
        if (frame.remaining() < Short.BYTES) {
            return null; // the client id of a request that ends here
        }
        short length = frame.getShort();
        if (length < 0) {
            return null;
        }
        return new String(take(frame, length), StandardCharsets.UTF_8);
    }

    private static void skipTaggedFields(ByteBuffer frame) {
        int count = readUnsignedVarint(frame);
        for (int i = 0; i < count; i++) {
            readUnsignedVarint(frame);
            int size = readUnsignedVarint(frame);
            requireBytes(frame, size);
            frame.position(frame.position() + size);
        }
    }

    private static int readUnsignedVarint(ByteBuffer frame) {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += 7) {
            requireBytes(frame, 1);
            byte next = frame.get();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedRequestException("a number in the request header is too long");
    }

    private static byte[] take(ByteBuffer frame, int length) {
        requireBytes(frame, length);
        byte[] bytes = new byte[length];
        frame.get(bytes);
        return bytes;
    }

    private static void requireBytes(ByteBuffer frame, int size) {
        if (size < 0 || size > frame.remaining()) {
            throw new MalformedRequestException("the request header ends too early");
        }
    }
}
