package io.millrace.rpc.client;

import io.grpc.Status;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicPartition;
import io.millrace.rpc.wire.Hop;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/**
 * What a call without an answer means for those who asked.
 *
 * @param changes whether the request changes something, so that sending it again could do it twice
 */
record CallFailure(BrokerAddress broker, boolean changes, CallFailedException failure) {
    private static final long RETRY_AFTER_MILLIS = 100;

    /** The failure that a future of the connection ended with; anything else is a bug and thrown. */
    static CallFailedException in(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return switch (cause) {
            case CallFailedException failed -> failed;
            case CancellationException cancelled -> throw cancelled;
            case RuntimeException bug -> throw bug;
            default -> throw new IllegalStateException(cause);
        };
    }

    Refusal refusalOf(TopicPartition partition) {
        Status status = failure.status();
        return switch (status.getCode()) {
            case RESOURCE_EXHAUSTED -> overloaded(partition);
            case INVALID_ARGUMENT, OUT_OF_RANGE ->
                new Refusal.InvalidRequest("On the way to " + broker + ": " + reason());
            case UNIMPLEMENTED ->
                new Refusal.Unsupported("There is no broker of this version at " + broker + ": " + reason());
            case FAILED_PRECONDITION -> notAvailable(partition, "another process answers there: " + reason());
            default -> lost(partition);
        };
    }

    /** A broker that has no room says when to try again; without that, it may be gRPC that ends what is under way so. */
    private Refusal overloaded(TopicPartition partition) {
        long retryAfter = Hop.number(failure.trailers(), Hop.RETRY_AFTER_MILLIS);
        if (changes && failure.sent() && retryAfter < 0) {
            return lost(partition);
        }
        return new Refusal.Overloaded(
                "On the way to " + broker + ": " + reason(), retryAfter < 0 ? RETRY_AFTER_MILLIS : retryAfter);
    }

    private Refusal lost(TopicPartition partition) {
        if (!failure.sent()) {
            return notAvailable(partition, "it cannot be reached: " + reason());
        }
        return changes
                ? new Refusal.TimedOut("The connection to " + broker + ", which leads partition " + partition
                        + ", was lost before the answer came, so what was asked may have happened: " + reason())
                : notAvailable(partition, "it did not answer: " + reason());
    }

    private Refusal notAvailable(TopicPartition partition, String why) {
        return new Refusal.LeaderNotAvailable(
                partition, "Partition " + partition + " is led by " + broker + ", but " + why);
    }

    /** One line that ends with a full stop. */
    private String reason() {
        Status status = failure.status();
        Throwable cause = status.getCause();
        String said = status.getDescription() == null ? status.getCode().name() : status.getDescription();
        String text = cause == null || cause.getMessage() == null ? said : said + ": " + cause.getMessage();
        String line = text.lines().findFirst().orElse(said).strip();
        return line.endsWith(".") ? line : line + ".";
    }
}
