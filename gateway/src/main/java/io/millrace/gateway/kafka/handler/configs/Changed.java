package io.millrace.gateway.kafka.handler.configs;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.TopicImage;
import io.millrace.gateway.kafka.handler.ProtocolErrors;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/** How the change of one resource's configs ended. */
record Changed(Errors error, @Nullable String message) {
    static final Changed DONE = new Changed(Errors.NONE, null);

    static Changed refused(Errors error, String message) {
        return new Changed(error, message);
    }

    /** Which of two wishes holds is not guessed. */
    static CompletableFuture<Changed> namedTwice() {
        return CompletableFuture.completedFuture(
                refused(Errors.INVALID_REQUEST, "It is named more than once in this request."));
    }

    static Changed of(Outcome<TopicImage> outcome) {
        return switch (outcome) {
            case Outcome.Done<TopicImage> done -> DONE;
            case Outcome.Refused<TopicImage>(Refusal refusal) ->
                refused(ProtocolErrors.ofTopic(refusal), refusal.message());
        };
    }
}
