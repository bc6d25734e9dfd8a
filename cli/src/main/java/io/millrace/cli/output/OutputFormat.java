package io.millrace.cli.output;

import java.util.Locale;
import java.util.Optional;

/** How an answer is written. */
public enum OutputFormat {
    TABLE,
    JSON,
    YAML;

    public static Optional<OutputFormat> named(String name) {
        for (OutputFormat format : values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
