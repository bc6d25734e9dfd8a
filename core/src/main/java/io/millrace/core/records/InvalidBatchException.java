package io.millrace.core.records;

/** The bytes at hand are no valid record batch. The message says in words what is wrong with them. */
public sealed class InvalidBatchException extends RuntimeException permits DecompressionLimitException {
    private static final long serialVersionUID = 1L;

    public InvalidBatchException(String message) {
        super(message);
    }

    public InvalidBatchException(String message, Throwable cause) {
        super(message, cause);
    }
}
