package io.millrace.gateway.read;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text form of starting points, the same in URLs and on command lines: {@code earliest}, {@code latest}, an offset,
 * {@code -N} for the last N records, a time of RFC 3339, or an age such as {@code -1h}, {@code -90s}, {@code -2d12h}.
 */
public final class StartPointText {
    private static final Pattern OFFSET = Pattern.compile("\\d{1,19}");
    private static final Pattern LAST = Pattern.compile("-(\\d{1,19})");
    private static final Pattern AGE = Pattern.compile("-((?:\\d{1,9}(?:ms|[smhd]))+)");
    private static final Pattern AGE_PART = Pattern.compile("(\\d{1,9})(ms|[smhd])");

    private StartPointText() {}

    /** Reads the text form; anything else is refused with the forms that there are. */
    public static Outcome<StartPoint> parse(String text) {
        if (text.equals("earliest")) {
            return Outcome.done(new StartPoint.Earliest());
        }
        if (text.equals("latest")) {
            return Outcome.done(new StartPoint.Latest());
        }
        try {
            if (OFFSET.matcher(text).matches()) {
                return Outcome.done(new StartPoint.AtOffset(Long.parseLong(text)));
            }
            Matcher last = LAST.matcher(text);
            if (last.matches()) {
                return Outcome.done(new StartPoint.Last(Long.parseLong(last.group(1))));
            }
            Matcher age = AGE.matcher(text);
            if (age.matches()) {
                return Outcome.done(new StartPoint.Ago(durationOf(age.group(1))));
            }
            return Outcome.done(new StartPoint.AtTime(OffsetDateTime.parse(text).toInstant()));
        } catch (NumberFormatException | DateTimeException notReadable) {
            return Outcome.refused(new Refusal.InvalidRequest("'" + shortened(text)
                    + "' is no place to start from: it is one of earliest, latest, an offset (42), -N for the last N records"
                    + " (-10), a time (2026-11-22T10:00:00Z), or an age (-1h, -90s, -2d12h)."));
        }
    }

    private static Duration durationOf(String parts) {
        Duration sum = Duration.ZERO;
        Matcher part = AGE_PART.matcher(parts);
        while (part.find()) {
            long number = Long.parseLong(part.group(1));
            sum = sum.plus(
                    switch (part.group(2)) {
                        case "ms" -> Duration.ofMillis(number);
                        case "s" -> Duration.ofSeconds(number);
                        case "m" -> Duration.ofMinutes(number);
                        case "h" -> Duration.ofHours(number);
                        default -> Duration.ofDays(number);
                    });
        }
        return sum;
    }

    private static String shortened(String text) {
        int charactersMax = 40;
        return text.length() <= charactersMax ? text : text.substring(0, charactersMax) + "...";
    }
}
