package io.millrace.gateway.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.Refusal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KafkaErrorTest {
    @Test
    void anUnknownTopicIsFinalUnderKafkasNameAndNumber() {
        KafkaError error = KafkaError.of(new Refusal.UnknownTopic("orders"));

        assertThat(error.name()).isEqualTo("UNKNOWN_TOPIC_OR_PARTITION");
        assertThat(error.code()).isEqualTo((short) 3);
        assertThat(error.retryable()).isFalse();
    }

    @Test
    void anOverloadedGatewaySaysItselfWhenToTryAgain() {
        assertThat(RetryDelay.after(new Refusal.Overloaded("Too much at once.", 40)))
                .contains(Duration.ofMillis(40));
    }

    @Test
    void aFinalRefusalHasNoRetryDelay() {
        assertThat(RetryDelay.after(new Refusal.InvalidRequest("No."))).isEmpty();
    }
}
