package io.millrace.gateway.kafka.handler;

import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.ApiKeys;

/** Serves one API, from its frames. */
public interface FrameApi {
    /** Which API, and in which versions. */
    Versions versions();

    /**
     * Replies to the call, now or later. Called on the connection's thread, so it must not wait. The frame, from its position behind
     * the request's header on, is this one's until there is a reply. Throws MalformedRequestException.
     */
    void receive(ByteBuffer frame, Call call);

    /**
     * Versions of an API that are served.
     *
     * @param advertisedFrom the lowest that clients are told of; below {@code from} it is refused all the same
     */
    record Versions(ApiKeys api, short advertisedFrom, short from, short to) {
        /** All versions from the first to the last. */
        public static Versions of(ApiKeys api, int from, int to) {
            return new Versions(api, (short) from, (short) from, (short) to);
        }

        boolean serves(short version) {
            return version >= from && version <= to;
        }
    }
}
