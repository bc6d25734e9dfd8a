package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.LintResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LintTest {
    @ParameterizedTest
    @MethodSource("io.millrace.helm.Chart#examples")
    void helmFindsNothingToWarnOf(String example) {
        LintResult result = Chart.lint(Yaml.read(Chart.valuesOf(example)));

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
        assertThat(result.getMessages()).allMatch(message -> message.startsWith("[INFO]"));
    }

    @Test
    void valuesThatTheSchemaDoesNotKnowFailTheLint() {
        LintResult result = Chart.lint(Yaml.parse("brokers: {replicas: 3}"));

        assertThat(result.isFailed()).isTrue();
        assertThat(String.join("\n", result.getMessages())).contains("brokers");
    }
}
