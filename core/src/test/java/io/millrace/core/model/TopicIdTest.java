package io.millrace.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.UUID;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicIdTest {
    @RepeatedTest(20)
    void theTextFormIsKafkas(RepetitionInfo repetition) {
        // Given
        Random random = new Random(repetition.getCurrentRepetition());
        TopicId id = new TopicId(new UUID(random.nextLong(), random.nextLong()));

        // When
        String text = id.toString();

        // Then
        assertThat(text)
                .isEqualTo(
                        new Uuid(id.uuid().getMostSignificantBits(), id.uuid().getLeastSignificantBits()).toString());
        assertThat(TopicId.parse(text)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA", "not base64 at all!!!!!", "AAAAAAAAAAAAAAAAAAAA/+"})
    void whatIsNoTopicIdIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> TopicId.parse(text));
    }
}
