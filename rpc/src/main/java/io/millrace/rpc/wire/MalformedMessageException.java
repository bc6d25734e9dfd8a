package io.millrace.rpc.wire;

/**
 * A message that is well-formed protobuf and yet cannot be meant: a part is missing, a number is out of its range, a name
 * is illegal. Its sender is broken, hostile or much newer. The message is a full sentence for that sender.
 */
public final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedMessageException(String message) {
        super(message);
    }

    /** The text of every exception of this type is meant to be shown. */
    public String problem() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
