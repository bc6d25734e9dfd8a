package io.millrace.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.internals.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "orders", "Orders.v2_eu-west-1", "...", "0", "_", "-", "__consumer_offsets"})
    void aNameOfLettersDigitsDotsUnderscoresAndDashesIsLegal(String name) {
        assertThat(TopicName.problemOf(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "../a", "a b", "a\n", "größe", "a\u0000", "a:b", "\uD83D\uDE00"})
    void aNameThatIsNoSafeFileNameIsIllegal(String name) {
        assertThat(TopicName.problemOf(name)).isPresent();
    }

    @Test
    void theLongestNameHas249Characters() {
        assertThat(TopicName.problemOf("a".repeat(249))).isEmpty();
        assertThat(TopicName.problemOf("a".repeat(250)))
                .hasValueSatisfying(problem -> assertThat(problem).contains("249", "250"));
    }

    static Stream<String> anyNames() {
        Random random = new Random(1);
        return Stream.generate(() -> random.ints(random.nextInt(1, 5), 32, 256)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString())
                .limit(300);
    }

    @ParameterizedTest
    @MethodSource("anyNames")
    void kafkaFindsTheSameNamesLegal(String name) {
        assertThat(TopicName.problemOf(name).isEmpty()).isEqualTo(kafkaTakes(name));
    }

    private static boolean kafkaTakes(String name) {
        try {
            Topic.validate(name);
            return true;
        } catch (InvalidTopicException e) {
            return false;
        }
    }
}
