package io.millrace.gateway.errors;

import io.millrace.core.api.Refusal;
import java.time.Duration;
import java.util.Optional;

/** How long a client should wait before it tries again. */
public final class RetryDelay {
    /** Where the refusal says nothing itself: about as long as a change of leaders takes to reach a gateway. */
    private static final Duration USUAL = Duration.ofMillis(500);

    private RetryDelay() {}

    /** The time to wait after this refusal, or nothing when trying again is pointless. */
    public static Optional<Duration> after(Refusal refusal) {
        if (!KafkaError.of(refusal).retryable()) {
            return Optional.empty();
        }
        return Optional.of(
                refusal instanceof Refusal.Overloaded(String ignored, long retryAfterMillis)
                        ? Duration.ofMillis(Math.max(retryAfterMillis, 0))
                        : USUAL);
    }
}
