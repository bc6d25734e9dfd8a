package io.millrace.gateway.rest.query;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values in text that mean the same wherever a request has them; empty when the text says no such value. */
public final class PlainValues {
    private static final Pattern DIGITS = Pattern.compile("\\d{1,19}");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private PlainValues() {}

    /** A partition number, 0 or more. */
    public static OptionalInt partition(String text) {
        OptionalLong number = number(text);
        return number.isPresent() && number.getAsLong() <= Integer.MAX_VALUE
                ? OptionalInt.of((int) number.getAsLong())
                : OptionalInt.empty();
    }

    /** A number, 0 or more. */
    public static OptionalLong number(String text) {
        try {
            return DIGITS.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
        } catch (NumberFormatException tooLarge) {
            return OptionalLong.empty();
        }
    }

    /** A time of RFC 3339, or milliseconds since 1970, not before then; in milliseconds. */
    public static OptionalLong timestampMillis(String text) {
        if (DIGITS.matcher(text).matches()) {
            return number(text);
        }
        try {
            long millis = OffsetDateTime.parse(text).toInstant().toEpochMilli();
            return millis >= 0 ? OptionalLong.of(millis) : OptionalLong.empty();
        } catch (DateTimeException | ArithmeticException notOne) {
            return OptionalLong.empty();
        }
    }

    /** A number with its unit: {@code 250ms}, {@code 5s}, {@code 1m}, {@code 1h}, or a plain 0. */
    public static Optional<Duration> duration(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofHours(number);
                });
    }

    /** The beginning of a text, for a message. */
    public static String shortened(String text) {
        int charactersMax = 40;
        return text.length() <= charactersMax ? text : text.substring(0, charactersMax) + "...";
    }
}
