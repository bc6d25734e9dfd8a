package io.millrace.gateway.kafka.wire;

/** A request that does not follow the protocol; whoever sent it cannot be talked to. */
public final class MalformedRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedRequestException(String message) {
        super(message);
    }

    public MalformedRequestException(String message, Throwable cause) {
        super(message, cause);
    }
}
