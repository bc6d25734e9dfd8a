package io.millrace.core.metadata;

import java.util.List;
import java.util.Optional;

/**
 * One thing that can be set per topic.
 *
 * @param name Kafka's name where Kafka has the config
 * @param values what may be set
 * @param defaultValue what holds without an override
 * @param doc what it does, in a sentence for its user
 */
public record TopicConfig(String name, Values values, String defaultValue, String doc) {
    /** Returns what is wrong with a value in words for its sender, or nothing when it is legal. */
    public Optional<String> problemOf(String value) {
        return values.isLegal(value)
                ? Optional.empty()
                : Optional.of(name + " must be " + values.words() + ", not '" + abbreviated(value) + "'.");
    }

    static String abbreviated(String value) {
        return value.length() <= SHOWN_LENGTH_MAX ? value : value.substring(0, SHOWN_LENGTH_MAX) + "...";
    }

    /** Longest part of a wrong value that is repeated to its sender, in characters. */
    private static final int SHOWN_LENGTH_MAX = 64;

    /** The legal values of a config. */
    public sealed interface Values {
        /** Says whether a value is one of these. */
        boolean isLegal(String value);

        /** The values as they are named in a sentence behind "must be". */
        String words();

        /**
         * Whole numbers in decimal digits.
         *
         * @param min smallest legal number
         * @param max largest legal number
         * @param unit what is counted
         */
        record Whole(long min, long max, Unit unit) implements Values {
            @Override
            public boolean isLegal(String value) {
                try {
                    long number = Long.parseLong(value);
                    return number >= min && number <= max;
                } catch (NumberFormatException notANumber) {
                    return false;
                }
            }

            @Override
            public String words() {
                return "a whole number" + unit.words() + " from " + min + " to " + max;
            }
        }

        /** One of a few words, written exactly so. */
        record Choice(List<String> options) implements Values {
            public Choice {
                options = List.copyOf(options);
            }

            @Override
            public boolean isLegal(String value) {
                return options.contains(value);
            }

            @Override
            public String words() {
                return options.size() == 1 ? "'" + options.getFirst() + "'" : "one of " + String.join(", ", options);
            }
        }
    }

    /** What a whole number counts. */
    public enum Unit {
        BYTES,
        MILLISECONDS,
        REPLICAS;

        String words() {
            return switch (this) {
                case BYTES -> " of bytes";
                case MILLISECONDS -> " of milliseconds";
                case REPLICAS -> " of replicas";
            };
        }
    }
}
