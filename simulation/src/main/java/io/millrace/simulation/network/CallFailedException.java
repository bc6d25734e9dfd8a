package io.millrace.simulation.network;

/** A call that has no answer, and whether it may have been carried out all the same. */
public final class CallFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why there is no answer. */
    public enum Reason {
        /** It never left. */
        NOT_SENT,
        /** The other side does not want it; it did nothing. */
        REFUSED,
        /** The connection broke, or the time was over: it may have been carried out, or may be yet. */
        LOST
    }

    public CallFailedException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
