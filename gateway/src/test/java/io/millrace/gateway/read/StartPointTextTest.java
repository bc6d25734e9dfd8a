package io.millrace.gateway.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartPointTextTest {
    @Test
    void readsTheEdges() {
        assertParsed("earliest", new StartPoint.Earliest());
        assertParsed("latest", new StartPoint.Latest());
    }

    @Test
    void readsOffsets() {
        assertParsed("0", new StartPoint.AtOffset(0));
        assertParsed("9223372036854775807", new StartPoint.AtOffset(Long.MAX_VALUE));
    }

    @Test
    void readsHowManyRecordsBeforeTheEnd() {
        assertParsed("-10", new StartPoint.Last(10));
    }

    @Test
    void readsAges() {
        assertParsed("-1h", new StartPoint.Ago(Duration.ofHours(1)));
        assertParsed("-90s", new StartPoint.Ago(Duration.ofSeconds(90)));
        assertParsed("-5m", new StartPoint.Ago(Duration.ofMinutes(5)));
        assertParsed("-250ms", new StartPoint.Ago(Duration.ofMillis(250)));
        assertParsed("-2d12h", new StartPoint.Ago(Duration.ofHours(60)));
    }

    @Test
    void readsTimesOfRfc3339() {
        assertParsed("2026-11-22T10:00:00Z", new StartPoint.AtTime(Instant.parse("2026-11-22T10:00:00Z")));
        assertParsed("2026-11-22T10:00:00.250+02:00", new StartPoint.AtTime(Instant.parse("2026-11-22T08:00:00.250Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+1",
                "1.5",
                "yesterday",
                "EARLIEST",
                "9223372036854775808",
                "99999999999999999999",
                "-1y",
                "1h",
                "--1",
                "-1h-1m",
                "2026-11-22",
                "2026-13-01T00:00:00Z",
                "2026-11-22 10:00:00Z",
                "٣"
            })
    void refusesAnythingElse(String text) {
        assertThat(StartPointText.parse(text))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.InvalidRequest.class));
    }

    private static void assertParsed(String text, StartPoint point) {
        assertThat(StartPointText.parse(text)).isEqualTo(Outcome.done(point));
    }
}
