package io.millrace.cli.partition;

import io.millrace.cli.session.CommandFailure;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rates as people type and read them: a whole number and B/s, kB/s, MB/s or GB/s, in powers of a thousand. */
final class ByteRate {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,9})(B|kB|KB|MB|GB)/s");

    private ByteRate() {}

    /** Bytes per second. */
    static long parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches() || Long.parseLong(shape.group(1)) == 0) {
            throw CommandFailure.usage(
                    "\"" + text + "\" is not a rate; write a number and B/s, kB/s, MB/s or GB/s, like 50MB/s.");
        }
        long amount = Long.parseLong(shape.group(1));
        return switch (shape.group(2)) {
            case "B" -> amount;
            case "kB", "KB" -> amount * 1_000;
            case "MB" -> amount * 1_000_000;
            default -> amount * 1_000_000_000;
        };
    }

    /** For a person; 0 is no limit. */
    static String text(long bytesPerSecond) {
        if (bytesPerSecond <= 0) {
            return "none";
        }
        return bytesPerSecond < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB/s", bytesPerSecond / 1e3)
                : String.format(Locale.ROOT, "%.1f MB/s", bytesPerSecond / 1e6);
    }
}
