package io.millrace.cli.format;

import java.util.Optional;

/** A part of a record that a format names, by the letter behind the percent sign; kcat's letters, and `v` beside its `s`. */
enum Field {
    KEY("k", "key"),
    VALUE("vs", "value"),
    HEADERS("h", "headers"),
    TOPIC("t", "topic"),
    PARTITION("p", "partition"),
    OFFSET("o", "offset"),
    TIMESTAMP("T", "timestamp"),
    KEY_LENGTH("K", "key length"),
    VALUE_LENGTH("S", "value length");

    private final String letters;
    private final String title;

    Field(String letters, String title) {
        this.letters = letters;
        this.title = title;
    }

    static Optional<Field> of(char letter) {
        for (Field field : values()) {
            if (field.letters.indexOf(letter) >= 0) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /** As people call it. */
    String title() {
        return title;
    }

    char letter() {
        return letters.charAt(0);
    }
}
