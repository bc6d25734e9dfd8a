package io.millrace.core.model;

import java.util.Optional;

/** The rules for topic names, which are Kafka's: they become directory names and parts of metric names. */
public final class TopicName {
    /** Longest legal name in characters: with "-" and a partition number it still fits a file name of 255 bytes. */
    public static final int LENGTH_MAX = 249;

    private TopicName() {}

    /** Returns what is wrong with the name in words for its sender, or nothing when it is legal. */
    public static Optional<String> problemOf(String name) {
        if (name.isEmpty()) {
            return Optional.of("A topic name must not be empty.");
        }
        if (name.length() > LENGTH_MAX) {
            return Optional.of(
                    "A topic name has at most " + LENGTH_MAX + " characters; this one has " + name.length() + ".");
        }
        if (name.equals(".") || name.equals("..")) {
            return Optional.of("A topic name must not be \".\" or \"..\".");
        }
        if (!name.chars().allMatch(TopicName::isLegal)) {
            return Optional.of("A topic name consists of ASCII letters, digits, '.', '_' and '-'.");
        }
        return Optional.empty();
    }

    private static boolean isLegal(int c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        boolean digit = c >= '0' && c <= '9';
        return letter || digit || c == '.' || c == '_' || c == '-';
    }
}
