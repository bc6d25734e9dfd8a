package io.millrace.rpc.wire;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * What travels beside the messages, so that each side can make sure of room in memory before it takes a message in, and how
 * methods are called on the bytes of their messages.
 */
public final class Hop {
    /** Bytes of the request, sent before it. A broker refuses requests without it. */
    public static final Metadata.Key<String> REQUEST_BYTES = key("millrace-request-bytes");

    /** Bytes of the answer, sent before it. */
    public static final Metadata.Key<String> ANSWER_BYTES = key("millrace-answer-bytes");

    /** With RESOURCE_EXHAUSTED: when to try again. */
    public static final Metadata.Key<String> RETRY_AFTER_MILLIS = key("millrace-retry-after-millis");

    private Hop() {}

    /** The method for its client, who gets the bytes of the answer. */
    public static <Q, A> MethodDescriptor<Q, byte[]> asked(MethodDescriptor<Q, A> method) {
        return method.toBuilder(method.getRequestMarshaller(), WireBytes.MARSHALLER)
                .build();
    }

    /** The method for its server, which gets the bytes of the request. */
    public static <Q, A> MethodDescriptor<byte[], A> answered(MethodDescriptor<Q, A> method) {
        return method.toBuilder(WireBytes.MARSHALLER, method.getResponseMarshaller())
                .build();
    }

    /** The number under the key, or -1 when there is none that is 0 or more. */
    public static long number(@Nullable Metadata metadata, Metadata.Key<String> key) {
        String text = metadata == null ? null : metadata.get(key);
        try {
            return text == null ? -1 : Math.max(-1, Long.parseLong(text));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
