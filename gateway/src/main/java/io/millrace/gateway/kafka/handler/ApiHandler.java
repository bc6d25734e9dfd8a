package io.millrace.gateway.kafka.handler;

import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * Serves one API.
 *
 * @param <Q> its request
 */
public interface ApiHandler<Q extends ApiMessage> {
    /** Which API, and in which versions. */
    Versions versions();

    /**
     * Replies to the call, now or later. Called on the connection's thread, so it must not wait. The request may point into the
     * frame, which is gone once there is a reply.
     */
    void handle(Q request, Call call);

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
