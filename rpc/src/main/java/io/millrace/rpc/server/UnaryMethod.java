package io.millrace.rpc.server;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.millrace.rpc.wire.Hop;

/**
 * A method with one request and one answer that reads the request only when there is room for it.
 *
 * @param <Q> its request
 * @param <A> its answer
 */
final class UnaryMethod<Q extends MessageLite, A extends MessageLite> implements ServerCallHandler<byte[], A> {
    private final Parser<Q> parser;
    private final Answering<Q, A> answering;
    private final ServerRoom room;

    UnaryMethod(Parser<Q> parser, Answering<Q, A> answering, ServerRoom room) {
        this.parser = parser;
        this.answering = answering;
        this.room = room;
    }

    @Override
    public ServerCall.Listener<byte[]> startCall(ServerCall<byte[], A> call, Metadata headers) {
        long declared = Hop.number(headers, Hop.REQUEST_BYTES);
        if (declared < 0) {
            return refuse(call, invalid("The request does not say its size under " + Hop.REQUEST_BYTES.name() + "."));
        }
        if (declared > room.maxMessageBytes()) {
            return refuse(
                    call,
                    invalid("The request has " + declared + " bytes; this process takes at most "
                            + room.maxMessageBytes() + "."));
        }
        if (!room.admit(declared)) {
            return refuse(call, room.requestsOverloaded());
        }
        call.request(1);
        return new IncomingCall<>(call, parser, answering, room, declared);
    }

    private static StatusRuntimeException invalid(String message) {
        return new StatusRuntimeException(Status.INVALID_ARGUMENT.withDescription(message));
    }

    private ServerCall.Listener<byte[]> refuse(ServerCall<byte[], A> call, StatusRuntimeException why) {
        Metadata trailers = why.getTrailers();
        call.close(why.getStatus(), trailers == null ? new Metadata() : trailers);
        return new ServerCall.Listener<>() {};
    }
}
