package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromQlTest {
    @Test
    void metricsAndLabelsAreFound() {
        PromQl query = PromQl.parse("histogram_quantile(0.99, sum by (job, le) (rate(a_bucket{x=\"y\",z=~\"{}|(b)\"}"
                + "[$__rate_interval]))) / on (instance) group_left (node) b:c > 0.5 or vector(1)");

        assertThat(query.metrics())
                .containsExactly(
                        new PromQl.Selection("a_bucket", Set.of("x", "z")), new PromQl.Selection("b:c", Set.of()));
        assertThat(query.labels()).containsExactly("instance", "job", "le", "node");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{job=\"a\"}",
                "label_replace(up, \"a\", \"$1\", \"b\", \"(.*)\")",
                "up{job}",
                "rate(up[5m]) @ 5",
                "sum by (1) (up)",
                "up{job='a'}"
            })
    void whatIsNotUnderstoodIsRefused(String query) {
        assertThatThrownBy(() -> PromQl.parse(query)).isInstanceOf(IllegalArgumentException.class);
    }
}
