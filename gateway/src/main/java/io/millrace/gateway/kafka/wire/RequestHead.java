package io.millrace.gateway.kafka.wire;

import java.nio.ByteBuffer;
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
        // A request that ends here has no client id.
        String clientId = frame.hasRemaining() ? FrameFields.readNullableString(frame, false) : null;
        if (isFlexible(apiKey, version)) {
            FrameFields.skipTaggedFields(frame);
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
}
