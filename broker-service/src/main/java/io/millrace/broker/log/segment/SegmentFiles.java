package io.millrace.broker.log.segment;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a segment lies: Kafka's names, the base offset in 20 digits. */
public record SegmentFiles(Path directory, long baseOffset) {
    /** Appended to the names of files that are out of the log and wait for their deletion. */
    public static final String DELETED = ".deleted";

    private static final Pattern NAME = Pattern.compile("(\\d{20})\\.(log|index|timeindex)");

    public Path log() {
        return file("log");
    }

    public Path offsetIndex() {
        return file("index");
    }

    public Path timeIndex() {
        return file("timeindex");
    }

    /** All three; the log comes first, because a segment without it is none. */
    public List<Path> all() {
        return List.of(log(), offsetIndex(), timeIndex());
    }

    /** The base offset in the name of a log file, if it is one. */
    public static OptionalLong baseOffsetOfLog(String name) {
        return name.endsWith(".log") ? baseOffsetOf(name) : OptionalLong.empty();
    }

    /** The base offset in the name of any file of a segment, if it is one. */
    public static OptionalLong baseOffsetOf(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(matcher.group(1)));
        } catch (NumberFormatException tooLarge) {
            return OptionalLong.empty();
        }
    }

    private Path file(String suffix) {
        String digits = Long.toString(baseOffset);
        return directory.resolve("0".repeat(20 - digits.length()) + digits + "." + suffix);
    }
}
